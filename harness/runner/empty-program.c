/* empty.exe, put into this program: written to a file and started to measure what a process costs.
 */
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
