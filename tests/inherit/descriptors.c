/* The security descriptors that CreateProcess gives to a new process and to its first thread. */
#include "inherit.h"

#include <sddl.h>

PEER(hold_until_killed)
{
    checkpoint_wait("never");
}

/* Everybody may wait for it, and do nothing else. */
#define WAITING L"D:(A;;0x100000;;;WD)"

static SECURITY_ATTRIBUTES waiting_only(BOOL inherit)
{
    SECURITY_ATTRIBUTES attributes = {.nLength = sizeof(attributes), .bInheritHandle = inherit};
    require(ConvertStringSecurityDescriptorToSecurityDescriptorW(
        WAITING, SDDL_REVISION_1, &attributes.lpSecurityDescriptor, NULL));
    return attributes;
}

/* Whether the access control list of an object is the one above. */
static bool is_waiting_only(HANDLE object)
{
    static union {
        SECURITY_DESCRIPTOR descriptor;
        char bytes[0x400];
    } own;
    DWORD needed;
    BOOL present = FALSE, defaulted;
    ACL *list = NULL;
    void *ace = NULL;
    require(GetKernelObjectSecurity(object, DACL_SECURITY_INFORMATION, &own, sizeof(own), &needed));
    require(GetSecurityDescriptorDacl(&own, &present, &list, &defaulted));
    if (!present || !list || list->AceCount != 1)
        return false;
    require(GetAce(list, 0, &ace));
    return ((ACCESS_ALLOWED_ACE *)ace)->Mask == SYNCHRONIZE;
}

static const struct whose {
    struct row row;
    bool of_process, of_thread, inherit;
} whose[] = {
    {{"of_neither", "inherit.create_process.descriptor_default"}, false, false, false},
    {{"of_the_process", "inherit.create_process.descriptor_of_process"}, true, false, false},
    {{"of_the_thread", "inherit.create_process.descriptor_of_thread"}, false, true, false},
    {{"of_both", "inherit.create_process.descriptor_of_process"}, true, true, false},
    {{"of_the_process_with_an_inheritable_handle", "inherit.create_process.descriptor_of_process"},
     true,
     false,
     true},
};

START_TEST(descriptor)
{
    const struct whose *row = &whose[_i];
    SECURITY_ATTRIBUTES attributes = waiting_only(row->inherit);
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, row->of_process ? &attributes : NULL,
                                  row->of_thread ? &attributes : NULL, FALSE, CREATE_SUSPENDED,
                                  NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    expect_number(is_waiting_only(child->info.hProcess), row->of_process);
    expect_number(is_waiting_only(child->info.hThread), row->of_thread);
    peer_kill(child);
}
END_TEST
COVERS_ROWS(descriptor, whose);

/* The descriptor binds those who open the process, and not the creator's own handles. */
START_TEST(creators_handles_have_full_access)
{
    SECURITY_ATTRIBUTES attributes = waiting_only(FALSE);
    struct peer *child = peer_prepare(hold_until_killed);
    STARTUPINFOW startup = {.cb = sizeof(startup)};

    BOOL created = CreateProcessW(NULL, child->command_line, &attributes, &attributes, FALSE,
                                  CREATE_SUSPENDED, NULL, NULL, &startup, &child->info);

    expect_succeeded(created);
    DWORD code = 0;
    expect_succeeded(GetExitCodeProcess(child->info.hProcess, &code));
    expect_number(code, STILL_ACTIVE);
    expect_number(ResumeThread(child->info.hThread), 1);
    expect_succeeded(TerminateProcess(child->info.hProcess, 7));
    expect_exit_code(child->info.hProcess, 7);
    peer_kill(child);
}
END_TEST
COVERS(creators_handles_have_full_access, "inherit.create_process.full_access_despite_descriptor");
