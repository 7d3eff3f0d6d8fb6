/* text-mutants.h - the functions that turn addresses into text and back, as mutants write them. */
#ifndef TEXT_MUTANTS_H
#define TEXT_MUTANTS_H

#include "winsock-mutants.h"

#include <stdio.h>
#include <stdlib.h>
#include <ws2tcpip.h>

#define PTON_PARAMETERS int family, LPCSTR text, PVOID address
#define PTON real(inet_pton)(family, text, address)
#define WIDE_PTON_PARAMETERS int family, LPCWSTR text, PVOID address
#define WIDE_PTON real(InetPtonW)(family, text, address)
#define NTOP_PARAMETERS int family, LPCVOID address, LPSTR text, size_t size
#define NTOP real(inet_ntop)(family, address, text, size)
#define WIDE_NTOP_PARAMETERS int family, LPCVOID address, LPWSTR text, size_t size
#define WIDE_NTOP real(InetNtopW)(family, address, text, size)
#define TO_STRING_PARAMETERS \
    LPSOCKADDR name, DWORD size, LPWSAPROTOCOL_INFOW info, LPWSTR text, LPDWORD length
#define TO_STRING real(WSAAddressToStringW)(name, size, info, text, length)
#define TO_ADDRESS_PARAMETERS \
    LPWSTR text, int family, LPWSAPROTOCOL_INFOW info, LPSOCKADDR name, LPINT size
#define TO_ADDRESS real(WSAStringToAddressW)(text, family, info, name, size)

#endif
