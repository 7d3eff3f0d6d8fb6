/* Green cases that the mutants of mutants.c turn red, or must leave alone. */
#include "cts.h"

START_TEST(file_type_of_a_disk_file)
{
    DWORD type = GetFileType(GetStdHandle(STD_OUTPUT_HANDLE));
    expect_number(type, FILE_TYPE_DISK);
}
END_TEST
COVERS(file_type_of_a_disk_file, "harness.mutated.file_type");

START_TEST(file_type_of_a_device)
{
    DWORD type = GetFileType(GetStdHandle(STD_INPUT_HANDLE));
    expect_number(type, FILE_TYPE_CHAR);
}
END_TEST
COVERS(file_type_of_a_device, "harness.mutated.file_type");

PEER(asks_in_a_peer)
{
    DWORD type = GetFileType(peer_handle(0));
    expect_number(type, FILE_TYPE_DISK);
}

/* A mutant is planted in every process of the case. */
START_TEST(file_type_in_a_peer)
{
    peer_join(peer_start(asks_in_a_peer, given_handle(GetStdHandle(STD_OUTPUT_HANDLE))));
}
END_TEST
COVERS(file_type_in_a_peer, "harness.mutated.file_type");

/* The harness waits past the mutants: this case calls no function that one of them changes. */
START_TEST(harness_is_not_interposed)
{
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);
    expect_signaled(event);
    peer_join(peer_start(asks_in_a_peer, given_handle(GetStdHandle(STD_OUTPUT_HANDLE))));
}
END_TEST
COVERS(harness_is_not_interposed);

START_TEST(wait_for_a_signaled_event)
{
    HANDLE event = CreateEventW(NULL, TRUE, TRUE, NULL);
    DWORD result = WaitForSingleObject(event, 0);
    expect_number(result, WAIT_OBJECT_0);
}
END_TEST
COVERS(wait_for_a_signaled_event, "harness.mutated.wait");

START_TEST(wait_for_an_event_that_is_not)
{
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    DWORD result = WaitForSingleObject(event, 0);
    expect_number(result, WAIT_TIMEOUT);
}
END_TEST
COVERS(wait_for_an_event_that_is_not, "harness.mutated.wait");

START_TEST(optional_function_is_looked_up)
{
    optional_api(CompareObjectHandles);
    HANDLE event = CreateEventW(NULL, TRUE, FALSE, NULL);
    BOOL same = CompareObjectHandles(event, event);
    expect_succeeded(same);
}
END_TEST
COVERS(optional_function_is_looked_up, "harness.mutated.optional");

/* Asks first what it is to show. */
START_TEST(gives_up_beforehand)
{
    if (GetCurrentDirectoryW(0, NULL) == 0)
        unsupported("there is no current folder");
    expect_true(GetCurrentDirectoryW(0, NULL) > 0);
}
END_TEST
COVERS(gives_up_beforehand, "harness.mutated.folder");
