/* Several processes create one name at the same time: one of them creates, the others open. */
#include "mapping.h"

#include <stdio.h>

#define RACERS 6

/* What the racers leave in the object. */
struct track {
    volatile LONG creators, openers;
};

PEER(race)
{
    HANDLE start = peer_handle(0);
    char arrived[20];
    snprintf(arrived, sizeof(arrived), "at-start-%u", (unsigned)peer_number(0));
    checkpoint_reach(arrived);
    require(WaitForSingleObject(start, step_limit()) == WAIT_OBJECT_0);
    SetLastError(LAST_ERROR_UNSET);

    HANDLE mapping = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(),
                                        peer_text(0));

    DWORD error = GetLastError();
    expect_handle(mapping);
    struct track *track = map_view(mapping, READ_WRITE);
    if (error == ERROR_SUCCESS) {
        InterlockedIncrement(&track->creators);
    } else {
        expect_error(error, ERROR_ALREADY_EXISTS);
        InterlockedIncrement(&track->openers);
    }
    /* The object must live until all have come: the last one lets the others go. */
    char finished[20];
    snprintf(finished, sizeof(finished), "finished-%u", (unsigned)peer_number(0));
    checkpoint_reach(finished);
    checkpoint_wait("all-have-finished");
}

START_TEST(one_process_creates)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE start = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(start != NULL);
    struct peer *racers[RACERS];
    char place[20];
    for (unsigned i = 0; i < RACERS; i++)
        racers[i] = peer_start(race, given_handle(start), given_text(name), given_number(i));
    for (unsigned i = 0; i < RACERS; i++) {
        snprintf(place, sizeof(place), "at-start-%u", i);
        checkpoint_wait(place);
    }

    require(SetEvent(start));

    for (unsigned i = 0; i < RACERS; i++) {
        snprintf(place, sizeof(place), "finished-%u", i);
        checkpoint_wait(place);
    }
    HANDLE mapping = OpenFileMappingW(READ_WRITE, FALSE, name);
    expect_handle(mapping);
    struct track *track = map_view(mapping, FILE_MAP_READ);
    expect_number(track->creators, 1);
    expect_number(track->openers, RACERS - 1);
    checkpoint_reach("all-have-finished");
    for (unsigned i = 0; i < RACERS; i++)
        peer_join(racers[i]);
}
END_TEST
COVERS(one_process_creates, "mapping.create.name.exists_lasterror_zero_first");
TAKES(one_process_creates, 30);

/* The same within one process, where the racers need not start: many rounds. */
#define THREADS 4
#define ROUNDS 50

static const WCHAR *names[ROUNDS];
static HANDLE held[THREADS][ROUNDS];
static HANDLE gate;
static volatile LONG creators[ROUNDS];

static DWORD race_through_all(void *argument)
{
    HANDLE *mine = argument;
    expect_signaled(gate);
    for (int i = 0; i < ROUNDS; i++) {
        mine[i] = CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, 1, names[i]);
        if (mine[i] != NULL && GetLastError() == ERROR_SUCCESS)
            InterlockedIncrement(&creators[i]);
    }
    return 0;
}

START_TEST(one_thread_creates)
{
    gate = CreateEventW(NULL, TRUE, FALSE, NULL);
    require(gate != NULL);
    for (int i = 0; i < ROUNDS; i++)
        names[i] = unique_name(L"Local\\");
    struct thread *threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        threads[i] = thread_start(race_through_all, held[i]);

    require(SetEvent(gate));

    for (int i = 0; i < THREADS; i++)
        thread_join(threads[i]);
    for (int i = 0; i < ROUNDS; i++) {
        expect_number(creators[i], 1);
        for (int k = 0; k < THREADS; k++)
            expect_handle(held[k][i]);
    }
}
END_TEST
COVERS(one_thread_creates, "mapping.create.name.exists_lasterror_zero_first");
