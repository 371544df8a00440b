#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PIPELINE_MAX = 16 };

// What is asked, and what its answer must hold besides its id.
enum kind { PING, LIST, UNKNOWN_METHOD, UNKNOWN_TOOL, NOTIFICATION, KINDS };

struct asked {
    enum kind kind;
    uint64_t number;
    bool has_text_id;
};

// A connection sends a round of requests in random pieces, reads the answers, and begins again.
struct client {
    int socket;
    struct asked asked[PIPELINE_MAX];
    size_t asked_count, answered_count;
    char *output, *input;
    size_t output_size, output_sent, used;
    // Where this round is cut off, in bytes sent; SIZE_MAX for never.
    size_t cut;
};

static uint64_t state, next_number, answered, disconnects, abandoned, pieces;

// xorshift64* (Vigna, 2016).
static uint64_t random_number(void) {
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * UINT64_C(2685821657736338717);
}
static uint64_t below(uint64_t bound) { return (random_number() >> 32) % bound; }

static void write_id(const struct asked *asked, char *text, size_t size) {
    snprintf(text, size, asked->has_text_id ? "\"t%" PRIu64 "\"" : "%" PRIu64, asked->number);
}

static size_t write_asked(const struct asked *asked, const struct options *options, char *output, size_t size) {
    char body[512], id[32];
    write_id(asked, id, sizeof id);
    switch (asked->kind) {
    case PING: snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"ping\"}", id); break;
    case LIST: snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/list\"}", id); break;
    case UNKNOWN_METHOD:
        snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"no/such%" PRIu64 "\"}", id,
            asked->number);
        break;
    case UNKNOWN_TOOL:
        snprintf(body, sizeof body,
            "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"tools/call\",\"params\":{\"name\":\"none%" PRIu64
            "\",\"arguments\":{}}}",
            id, asked->number);
        break;
    case NOTIFICATION:
        snprintf(body, sizeof body,
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":\"x%" PRIu64 "\"}}",
            asked->number);
        break;
    case KINDS: break;
    }
    return request_write(output, size, options, options->session, body);
}

static void begin_round(struct client *client, const struct options *options) {
    client->asked_count = 1 + below(PIPELINE_MAX);
    client->answered_count = client->output_size = client->output_sent = 0;
    for (size_t index = 0; index < client->asked_count; index++) {
        client->asked[index] = (struct asked){
            .kind = (enum kind)below(KINDS), .number = next_number++, .has_text_id = below(2) == 0};
        client->output_size += write_asked(&client->asked[index], options, client->output + client->output_size,
            OUTPUT_BYTES_MAX - client->output_size);
    }
    client->cut = below(50) == 0 ? below(client->output_size + 1) : SIZE_MAX;
}

static void check(const struct asked *asked, const struct response *response) {
    char id[32], text[64];
    write_id(asked, id, sizeof id);
    bool right = false;
    const char *body = response->body;
    size_t size = response->body_size;
    switch (asked->kind) {
    case PING: right = response->status == 200 && answers(response, id) && contains(body, size, "\"result\":{"); break;
    case LIST: right = response->status == 200 && answers(response, id) && contains(body, size, "\"tools\":["); break;
    case UNKNOWN_METHOD: right = answers(response, id) && contains(body, size, "-32601"); break;
    case UNKNOWN_TOOL:
        snprintf(text, sizeof text, "none%" PRIu64, asked->number);
        right = answers(response, id) && contains(body, size, text);
        break;
    case NOTIFICATION: right = response->status == 202 && size == 0; break;
    case KINDS: break;
    }
    if (!right)
        fail("kind %d, id %s: the answer is wrong: status %d, %.*s", (int)asked->kind, id, response->status,
            (int)(size < 500 ? size : 500), body);
}

static void watch(int epoll, struct client *client, int operation) {
    bool sends = client->output_sent < client->output_size;
    struct epoll_event event = {.events = EPOLLIN | (sends ? (unsigned)EPOLLOUT : 0), .data.ptr = client};
    epoll_ctl(epoll, operation, client->socket, &event);
}

static void disconnect(int epoll, struct client *client, const struct options *options) {
    // Half of the ends are resets, and none of those leaves a port waiting.
    struct linger linger = {.l_onoff = below(2) == 0, .l_linger = 0};
    setsockopt(client->socket, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
    close(client->socket);
    disconnects++;
    abandoned += client->asked_count - client->answered_count;
    client->socket = connect_to(options);
    client->used = 0;
    begin_round(client, options);
    watch(epoll, client, EPOLL_CTL_ADD);
}

// Sends one random piece. Returns false when the round is to be cut off here.
static bool send_piece(struct client *client) {
    size_t left = client->output_size - client->output_sent;
    size_t size = below(3) == 0 ? left : 1 + below(below(4) == 0 ? 8 : 400);
    if (size > left) size = left;
    if (client->cut != SIZE_MAX && client->output_sent + size >= client->cut) size = client->cut - client->output_sent;
    if (size > 0) {
        ssize_t sent = send(client->socket, client->output + client->output_sent, size, MSG_NOSIGNAL);
        if (sent < 0 && errno == EAGAIN) return true;
        if (sent < 0) fail("the server closed a connection: %s", strerror(errno));
        client->output_sent += (size_t)sent;
        pieces++;
    }
    return client->output_sent != client->cut;
}

// Takes all answers that are whole.
static void take(struct client *client) {
    ssize_t count = recv(client->socket, client->input + client->used, INPUT_BYTES_MAX - client->used, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (count <= 0) fail("the server closed a connection that waits for answers: %s", strerror(errno));
    client->used += (size_t)count;
    size_t taken = 0;
    while (taken < client->used) {
        struct response response;
        enum reading reading = response_read(client->input + taken, client->used - taken, &response);
        if (reading == BROKEN) fail("this is no HTTP response: %.200s", client->input + taken);
        if (reading == NEEDS_MORE) break;
        if (client->answered_count == client->asked_count) fail("an answer came that nobody asked for");
        check(&client->asked[client->answered_count++], &response);
        answered++;
        taken += response.size;
    }
    memmove(client->input, client->input + taken, client->used - taken);
    client->used -= taken;
}

int run_torture(const struct options *options) {
    state = options->seed ? options->seed : 1;
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    struct client *clients = calloc(options->connections, sizeof *clients);
    for (uint64_t number = 0; number < options->connections; number++) {
        struct client *client = &clients[number];
        client->socket = connect_to(options);
        client->input = malloc(INPUT_BYTES_MAX);
        client->output = malloc(OUTPUT_BYTES_MAX);
        begin_round(client, options);
        watch(epoll, client, EPOLL_CTL_ADD);
    }
    double begin = now_seconds();
    while (answered < options->requests) {
        struct epoll_event events[64];
        int count = epoll_wait(epoll, events, 64, WAIT_SECONDS_MAX * 1000);
        if (count == 0) fail("no answer for %d s, after %" PRIu64, WAIT_SECONDS_MAX, answered);
        for (int index = 0; index < count; index++) {
            struct client *client = events[index].data.ptr;
            if (events[index].events & (EPOLLIN | EPOLLHUP | EPOLLERR)) take(client);
            if (client->output_sent < client->output_size && !send_piece(client)) {
                disconnect(epoll, client, options);
                continue;
            }
            if (client->answered_count == client->asked_count) begin_round(client, options);
            watch(epoll, client, EPOLL_CTL_MOD);
        }
    }
    double seconds = now_seconds() - begin;
    printf("{\"answered\":%" PRIu64 ",\"seconds\":%.3f,\"rate\":%.1f,\"pieces\":%" PRIu64 ",\"disconnects\":%" PRIu64
           ",\"abandoned\":%" PRIu64 ",\"seed\":%" PRIu64 "}\n",
        answered, seconds, (double)answered / seconds, pieces, disconnects, abandoned, options->seed);
    return 0;
}
