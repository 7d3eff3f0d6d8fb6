/* FormatMessage of the error codes of sockets. */
#include "winsock.h"

/* Codes that stand one behind the other. */
struct range {
    DWORD first, last;
};

static const struct {
    struct row row;
    struct range ranges[6];
} groups[] = {
    {{"handles", NULL}, {{6, 6}}},
    {{"memory", NULL}, {{8, 8}}},
    {{"parameters", NULL}, {{87, 87}}},
    {{"overlapped_operations", NULL}, {{995, 997}}},
    {{"sockets", NULL},
     {{10004, 10004},
      {10009, 10009},
      {10013, 10014},
      {10022, 10022},
      {10024, 10024},
      {10035, 10071}}},
    {{"startup", NULL}, {{10091, 10093}}},
    {{"services", NULL}, {{10101, 10112}}},
    {{"unknown_hosts", NULL}, {{11001, 11001}}},
    {{"silent_servers", NULL}, {{11002, 11003}}},
    {{"names_without_data", NULL}, {{11004, 11004}}},
    {{"quality_of_service", NULL}, {{11005, 11031}}},
};

START_TEST(texts_of)
{
    WCHAR text[1024];
    const struct range *ranges = groups[_i].ranges;
    for (int i = 0; i < 6 && ranges[i].first; i++)
        for (DWORD code = ranges[i].first; code <= ranges[i].last; code++) {
            DWORD length =
                FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, NULL,
                               code, 0, text, 1024, NULL);

            if (length == 0)
                expect_error(ERROR_SUCCESS, code); /* tells which */
            expect_number(length, wcslen(text));
        }
}
END_TEST
COVERS_ROWS(texts_of, groups, "winsock.errors.texts");
