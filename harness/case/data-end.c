/* Linked behind the tests and mutants: their variables lie before these (worker.c). */
#include "case/worker.h"

char data_end[16] = {1}, bss_end[16];
