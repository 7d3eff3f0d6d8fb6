/* CompareObjectHandles: whether two handles are of one object. */
#include "handle.h"

START_TEST(handle_and_its_duplicate)
{
    optional_api(CompareObjectHandles);
    struct pipe_ends pipe = pipe_create();
    HANDLE second = duplicate(pipe.read);

    BOOL same = CompareObjectHandles(pipe.read, second);

    expect_succeeded(same);
    expect_succeeded(CompareObjectHandles(pipe.read, pipe.read));
}
END_TEST
COVERS(handle_and_its_duplicate, "handle.compare.same_object");

static const struct different {
    struct row row;
    enum { OTHER_EVENT, PROCESS, PIPE_ENDS } of;
} differents[] = {
    {{"two_events", NULL}, OTHER_EVENT},
    {{"event_and_process", NULL}, PROCESS},
    {{"ends_of_a_pipe", NULL}, PIPE_ENDS},
};

START_TEST(different_objects)
{
    optional_api(CompareObjectHandles);
    struct pipe_ends pipe = pipe_create();
    HANDLE one = differents[_i].of == PIPE_ENDS ? pipe.read : event_create(FALSE);
    HANDLE other = differents[_i].of == PIPE_ENDS ? pipe.write
                   : differents[_i].of == PROCESS ? duplicate(GetCurrentProcess())
                                                  : event_create(FALSE);

    BOOL same = CompareObjectHandles(one, other);

    expect_failed(same, ERROR_NOT_SAME_OBJECT);
}
END_TEST
COVERS_ROWS(different_objects, differents, "handle.compare.diff_object");

START_TEST(pseudo_handle_of_the_process)
{
    optional_api(CompareObjectHandles);
    HANDLE process = duplicate(GetCurrentProcess());

    BOOL same = CompareObjectHandles(GetCurrentProcess(), process);

    expect_succeeded(same);
}
END_TEST
COVERS(pseudo_handle_of_the_process, "handle.compare.pseudo");
