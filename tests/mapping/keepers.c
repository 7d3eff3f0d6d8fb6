/* Who keeps an object and its name when the handle that it was created with is closed, and what the
 * name means when the last of them is gone. */
#include "mapping.h"

PEER(keep_it_open)
{
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, peer_text(0));
    expect_handle(mapping);
    checkpoint_reach("kept");
    checkpoint_wait("looked");
}

PEER(keep_what_is_given)
{
    expect_true(peer_handle(0) != NULL);
    checkpoint_reach("kept");
    checkpoint_wait("looked");
}

static const struct keeper {
    struct row row;
    enum { OPENED, CREATED, DUPLICATED, OTHER_OPENED, OTHER_GIVEN } way;
} keepers[] = {
    {{"a_second_opening", "mapping.lifetime.kept_by_handle"}, OPENED},
    {{"a_second_creation", "mapping.lifetime.kept_by_handle"}, CREATED},
    {{"a_duplicate", "mapping.lifetime.kept_by_duplicate"}, DUPLICATED},
    {{"another_process_by_name", "mapping.lifetime.kept_by_process"}, OTHER_OPENED},
    {{"another_process_that_was_given_it", "mapping.lifetime.kept_by_process"}, OTHER_GIVEN},
};

/* The object's second handle: here, or in the process that is returned. */
static struct peer *keep(HANDLE mapping, const WCHAR *name, int way, HANDLE *second)
{
    struct peer *other = NULL;
    switch (way) {
    case OPENED:
        *second = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
        break;
    case CREATED:
        *second =
            CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);
        break;
    case DUPLICATED:
        require(DuplicateHandle(GetCurrentProcess(), mapping, GetCurrentProcess(), second, 0, FALSE,
                                DUPLICATE_SAME_ACCESS));
        break;
    case OTHER_OPENED:
        other = peer_start(keep_it_open, given_text(name));
        break;
    case OTHER_GIVEN:
        other = peer_start(keep_what_is_given, given_handle(mapping));
        break;
    }
    if (other)
        checkpoint_wait("kept");
    require(other || *second);
    return other;
}

/* A named object that holds a word. */
static HANDLE object_with_a_word(const WCHAR *name)
{
    HANDLE mapping = named_mapping(name, page_size());
    char *view = map_view(mapping, READ_WRITE);
    strcpy(view, "kept");
    unmap_view(view);
    return mapping;
}

START_TEST(object_is_kept_by)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = object_with_a_word(name), second = NULL;
    struct peer *other = keep(first, name, keepers[_i].way, &second);

    BOOL closed = CloseHandle(first);

    expect_succeeded(closed);
    HANDLE again =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(again);
    expect_text_a(map_view(again, FILE_MAP_READ), "kept");
    checkpoint_reach("looked");
    if (other)
        peer_join(other);
}
END_TEST
COVERS_ROWS(object_is_kept_by, keepers);

START_TEST(name_is_free_without)
{
    const WCHAR *name = unique_name(L"Local\\");
    HANDLE first = object_with_a_word(name), second = NULL;
    struct peer *other = keep(first, name, keepers[_i].way, &second);
    close_handle(&first);
    checkpoint_reach("looked");
    if (other)
        peer_join(other);
    else
        close_handle(&second);

    HANDLE again =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), name);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(again);
    expect_filled(map_view(again, FILE_MAP_READ), 0, page_size());
}
END_TEST
COVERS_ROWS(name_is_free_without, keepers, "mapping.create.zeroed_after_recreate",
            "mapping.create.create.lasterror_after_another");

/* The last error of a creation is its own: whatever the one before it was. */
START_TEST(new_object_after_an_existing_one)
{
    const WCHAR *existing = unique_name(L"Local\\"), *fresh = unique_name(L"Local\\");
    named_mapping(existing, page_size());
    HANDLE second =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), existing);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(second);
    SetLastError(ERROR_ALREADY_EXISTS);

    HANDLE mapping =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), fresh);

    expect_last_error(ERROR_SUCCESS);
    expect_handle(mapping);
    HANDLE third =
        CreateFileMappingW(INVALID_HANDLE_VALUE, NULL, PAGE_READWRITE, 0, page_size(), existing);
    expect_last_error(ERROR_ALREADY_EXISTS);
    expect_handle(third);
}
END_TEST
COVERS(new_object_after_an_existing_one, "mapping.create.create.lasterror_after_another");

PEER(create_and_terminate)
{
    HANDLE mapping = object_with_a_word(peer_text(0));
    expect_handle(mapping);
    checkpoint_reach("created");
    checkpoint_wait("opened");
    peer_passed();
    TerminateProcess(GetCurrentProcess(), 7);
}

START_TEST(creator_is_terminated)
{
    const WCHAR *name = unique_name(L"Local\\");
    struct peer *creator = peer_start(create_and_terminate, given_text(name));
    checkpoint_wait("created");
    HANDLE mapping = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    require(mapping != NULL);

    checkpoint_reach("opened");
    DWORD ended = WaitForSingleObject(creator->info.hProcess, step_limit());

    expect_number(ended, WAIT_OBJECT_0);
    expect_exit_code(creator->info.hProcess, 7);
    expect_text_a(map_view(mapping, FILE_MAP_READ), "kept");
    HANDLE second = OpenFileMappingW(FILE_MAP_READ, FALSE, name);
    expect_handle(second);
    expect_text_a(map_view(second, FILE_MAP_READ), "kept");
}
END_TEST
COVERS(creator_is_terminated, "mapping.lifetime.creator_terminated");
