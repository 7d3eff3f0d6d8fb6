/* empty.exe, put into this program: started to measure what a process costs, and an image for
 * tests. */
#include "cts.h"

#define TEXT_OF(symbol) #symbol
#define NAME_OF(prefix, name) TEXT_OF(prefix) name
#define SYMBOL(name) NAME_OF(__USER_LABEL_PREFIX__, name)

__asm__(".section .rdata\n"
        ".globl " SYMBOL("empty_program") "\n" SYMBOL(
            "empty_program") ":\n"
                             ".incbin \"empty.exe\"\n"
                             ".globl " SYMBOL("empty_program_end") "\n" SYMBOL(
                                 "empty_program_end") ":\n"
                                                      ".byte 0\n"
                                                      ".text\n");

extern const unsigned char empty_program[], empty_program_end[];

const void *program_bytes(DWORD *size)
{
    *size = (DWORD)((UINT_PTR)empty_program_end - (UINT_PTR)empty_program);
    return empty_program;
}
