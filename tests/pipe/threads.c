/* Threads that call CreatePipe at once. */
#include "pipe.h"

#define THREADS 4
#define PIPES 100

struct maker {
    HANDLE go;
    DWORD first; /* the number of its first pipe */
    struct pipe_ends pipes[PIPES];
};

static DWORD make_pipes(void *argument)
{
    struct maker *maker = argument;
    expect_signaled(maker->go);
    for (DWORD i = 0; i < PIPES; i++) {
        struct pipe_ends *pipe = &maker->pipes[i];
        DWORD number = maker->first + i, count = 0;
        expect_succeeded(CreatePipe(&pipe->read, &pipe->write, NULL, 4096));
        expect_succeeded(WriteFile(pipe->write, &number, sizeof(number), &count, NULL));
    }
    return 0;
}

START_TEST(each_has_pipes_of_its_own)
{
    static struct maker makers[THREADS];
    struct thread *threads[THREADS];
    HANDLE go = CreateEventW(NULL, TRUE, FALSE, NULL);
    for (int i = 0; i < THREADS; i++) {
        makers[i].go = go;
        makers[i].first = 1000 * i;
        threads[i] = thread_start(make_pipes, &makers[i]);
    }

    require(SetEvent(go));

    for (int i = 0; i < THREADS; i++)
        thread_join(threads[i]);
    for (int i = 0; i < THREADS; i++)
        for (int j = 0; j < PIPES; j++) {
            DWORD numbers[2] = {0}, count = 0;
            HANDLE end = makers[i].pipes[j].read;
            expect_succeeded(ReadFile(end, numbers, sizeof(numbers), &count, NULL));
            expect_number(count, sizeof(numbers[0]));
            expect_number(numbers[0], makers[i].first + j);
        }
}
END_TEST
COVERS(each_has_pipes_of_its_own, "pipe.create.threads_at_once");
