/* Linked in front of the tests and mutants: their variables lie behind these (worker.c). */
#include "case/worker.h"

char data_begin[16] = {1}, bss_begin[16];
