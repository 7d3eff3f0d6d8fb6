/* Wrong behaviours, for the tests of open_elsewhere.c: closesocket of a shared socket. */
#include "stream-mutants.h"

/* What NtQueryObject tells of any object, of which winternl.h tells less. */
struct basic_information {
    ULONG attributes, access, handles, pointers, reserved[10];
};

static bool is_open_elsewhere(SOCKET s)
{
    typedef LONG(NTAPI * query_object)(HANDLE, int, void *, ULONG, ULONG *);
    void *function = (void *)(UINT_PTR)GetProcAddress(GetModuleHandleW(L"ntdll"), "NtQueryObject");
    struct basic_information info = {0};
    ULONG size;
    if (function && ((query_object)(UINT_PTR)function)((HANDLE)s, 0, &info, sizeof(info), &size))
        info.handles = 0;
    return info.handles > 1;
}

/* As if the operations were the socket's and not the descriptor's. */
static int WINAPI leaves_pending(SOCKET s)
{
    return is_open_elsewhere(s) ? 0 : real(closesocket)(s);
}
MUTANT(close_leaves_what_pends_of_a_shared_socket,
       "closesocket leaves pending what there is while another process has the socket",
       PATCH(closesocket, leaves_pending));
