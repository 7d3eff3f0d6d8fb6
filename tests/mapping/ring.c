/* A ring buffer in a file mapping: one process writes, others read, checksums tell of every byte.
 */
#include "mapping.h"

#define RING_SIZE                                                                  \
    0x3000 /* no power of two: the place of a byte in the ring changes every round \
            */
#define CHUNK 0x3F1
#define TOTAL 0x40000
#define READERS 2

struct ring {
    volatile LONG written;          /* bytes, by the writer */
    volatile LONG read[READERS];    /* bytes, by each reader */
    volatile uint64_t sum[READERS]; /* of what each reader read */
    uint8_t bytes[RING_SIZE];
};

/* Waits, bounded, until CONDITION; processes that wait for each other give up the processor. */
#define wait_until(condition)                                    \
    do {                                                         \
        DWORD start_ = GetTickCount();                           \
        while (!(condition)) {                                   \
            SwitchToThread();                                    \
            expect_true(GetTickCount() - start_ < step_limit()); \
        }                                                        \
    } while (0)

PEER(read_the_ring)
{
    struct ring *ring = map_view(peer_handle(0), READ_WRITE);
    unsigned self = (unsigned)peer_number(0);
    uint64_t sum = CHECKSUM_START;
    for (LONG done = 0; done < TOTAL;) {
        wait_until(ring->written > done);
        LONG upto = ring->written;
        MemoryBarrier();
        for (; done < upto; done++)
            sum = checksum(sum, &ring->bytes[done % RING_SIZE], 1);
        MemoryBarrier();
        ring->read[self] = done;
    }
    ring->sum[self] = sum;
}

static LONG slowest(const struct ring *ring)
{
    return ring->read[0] < ring->read[1] ? ring->read[0] : ring->read[1];
}

static void fill_ring(struct ring *ring)
{
    for (LONG done = 0; done < TOTAL;) {
        uint8_t bytes[CHUNK];
        LONG some = TOTAL - done < CHUNK ? TOTAL - done : CHUNK;
        pattern_fill(bytes, some, done);
        wait_until(done + some - slowest(ring) <= RING_SIZE);
        for (LONG i = 0; i < some; i++)
            ring->bytes[(done + i) % RING_SIZE] = bytes[i];
        MemoryBarrier();
        ring->written = done += some;
    }
}

static uint64_t sum_of_all(void)
{
    uint64_t sum = CHECKSUM_START;
    for (LONG done = 0; done < TOTAL; done += 0x1000) {
        uint8_t bytes[0x1000];
        pattern_fill(bytes, sizeof(bytes), done);
        sum = checksum(sum, bytes, sizeof(bytes));
    }
    return sum;
}

static const struct {
    struct row row;
    bool of_a_file;
} ring_rows[] = {{{"in_the_page_file", NULL}, false}, {{"in_a_file", NULL}, true}};

START_TEST(readers_get_every_byte)
{
    HANDLE mapping = ring_rows[_i].of_a_file
                         ? CreateFileMappingW(create_file(scratch_path(L"ring"), 0), NULL,
                                              PAGE_READWRITE, 0, sizeof(struct ring), NULL)
                         : page_file_mapping(PAGE_READWRITE, sizeof(struct ring));
    require(mapping != NULL);
    struct ring *ring = map_view(mapping, READ_WRITE);
    struct peer *readers[READERS];
    for (unsigned i = 0; i < READERS; i++)
        readers[i] = peer_start(read_the_ring, given_handle(mapping), given_number(i));

    fill_ring(ring);

    for (unsigned i = 0; i < READERS; i++) {
        peer_join(readers[i]);
        expect_number(ring->read[i], TOTAL);
        expect_number(ring->sum[i], sum_of_all());
    }
}
END_TEST
COVERS_ROWS(readers_get_every_byte, ring_rows, "mapping.coherence.ring");
