/* The command `matrix`: records side by side, as a page for a browser. */
#include "commands/results.h"

#include <stdlib.h>

int command_matrix(const struct options *options)
{
    FILE *html = NULL;
    size_t count;
    struct results *columns;
    int exit_code = begin_expectations(options);
    if (!exit_code)
        exit_code = begin_all_results(options, &columns, &count);
    if (exit_code)
        return exit_code;
    for (size_t i = 0; i < count && !exit_code; i++)
        exit_code = begin_apart(options->patterns[i], "HTML", options->html);
    if (!exit_code)
        exit_code = begin_output(options, NULL, NULL, &html);
    if (!exit_code) {
        begin_writing(html);
        report_html(html, columns, count);
        exit_code = end_output(html, "HTML") ? EXIT_AS_EXPECTED : EXIT_UNTRUSTED;
    }
    results_free_all(columns, count);
    return exit_code;
}
