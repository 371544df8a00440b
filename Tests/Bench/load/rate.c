#define _GNU_SOURCE
#include "load.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

// How long answers take, in steps of a microsecond up to a second and a bit.
enum { STEPS = 1 << 20 };
static uint32_t histogram[STEPS];

struct client {
    int socket;
    size_t used;
    double sent;
    char id[24];
    char *input;
};

static uint64_t next_id;

#define ID_PLACE "##########"
enum { ID_DIGITS = 10, ID_PLACES_MAX = 4 };

// The request with places for its id, which is put in for each: formatting it whole would cost more than the server's
// work. Parameters may have places too, so that no two requests are the same.
struct template {
    char text[OUTPUT_BYTES_MAX];
    size_t size, places[ID_PLACES_MAX], count;
};

// Asks an HTTP server that knows nothing of MCP.
static bool is_plain(const struct options *options) {
    return strcmp(options->method, "GET") == 0;
}

static struct template make_template(const struct options *options) {
    static char body[OUTPUT_BYTES_MAX / 2];
    snprintf(body, sizeof body, "{\"jsonrpc\":\"2.0\",\"id\":%s,\"method\":\"%s\"%s%s}", ID_PLACE, options->method,
        options->params ? ",\"params\":" : "", options->params ? options->params : "");
    struct template template = {0};
    template.size = request_write(
        template.text, sizeof template.text, options, options->session, is_plain(options) ? NULL : body);
    for (size_t start = 0;;) {
        char *place = memmem(template.text + start, template.size - start, ID_PLACE, ID_DIGITS);
        if (!place) return template;
        if (template.count == ID_PLACES_MAX) fail("more than %d places for the id", ID_PLACES_MAX);
        template.places[template.count] = (size_t)(place - template.text);
        start = template.places[template.count++] + ID_DIGITS;
    }
}

static void ask(struct client *client, struct template *template) {
    // All ids have as many digits, so that all requests have the same length.
    snprintf(client->id, sizeof client->id, "%" PRIu64, UINT64_C(1000000000) + next_id++ % UINT64_C(8999999999));
    for (size_t place = 0; place < template->count; place++)
        memcpy(template->text + template->places[place], client->id, ID_DIGITS);
    client->used = 0;
    client->sent = now_seconds();
    if (!send_all(client->socket, template->text, template->size)) fail("the server closed a connection");
}

// Reads what came; returns whether the answer is whole. A wrong answer ends the program.
static bool take(struct client *client, const struct options *options) {
    ssize_t count = recv(client->socket, client->input + client->used, INPUT_BYTES_MAX - client->used, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (count <= 0) fail("the server closed a connection that waits for an answer");
    client->used += (size_t)count;
    struct response response;
    switch (response_read(client->input, client->used, &response)) {
    case NEEDS_MORE: return false;
    case BROKEN: fail("this is no HTTP response: %.200s", client->input);
    case WHOLE: break;
    }
    bool fixed = options->expect && strcmp(options->expect, "fixed") == 0;
    bool right = response.status == 200 && response.size == client->used;
    if (!fixed && !is_plain(options))
        right = right && answers(&response, client->id) && contains(response.body, response.body_size, "\"result\":");
    if (!fixed && options->expect) right = right && contains(response.body, response.body_size, options->expect);
    if (!right)
        fail("the answer to request %s is wrong: status %d, %.*s", client->id, response.status,
            (int)(response.body_size < 500 ? response.body_size : 500), response.body);
    double microseconds = (now_seconds() - client->sent) * 1e6;
    histogram[microseconds < STEPS - 1 ? (size_t)microseconds : STEPS - 1]++;
    return true;
}

static double quantile(uint64_t total, double part) {
    uint64_t wanted = (uint64_t)((double)total * part), seen = 0;
    for (size_t step = 0; step < STEPS; step++) {
        seen += histogram[step];
        if (seen > wanted) return (double)step / 1000;
    }
    return 0;
}

int run_rate(const struct options *options) {
    struct template template = make_template(options);
    struct client *clients = calloc(options->connections, sizeof *clients);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    for (uint64_t number = 0; number < options->connections; number++) {
        clients[number].socket = connect_to(options);
        clients[number].input = malloc(INPUT_BYTES_MAX);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &clients[number]};
        epoll_ctl(epoll, EPOLL_CTL_ADD, clients[number].socket, &event);
    }
    double begin = now_seconds(), end = begin;
    uint64_t asked = 0, answered = 0, most = options->requests ? options->requests : UINT64_MAX;
    for (uint64_t number = 0; number < options->connections && asked < most; number++, asked++)
        ask(&clients[number], &template);
    bool stops = false;
    while (answered < asked) {
        struct epoll_event events[256];
        int count = epoll_wait(epoll, events, 256, WAIT_SECONDS_MAX * 1000);
        if (count == 0) fail("no answer for %d s", WAIT_SECONDS_MAX);
        for (int index = 0; index < count; index++) {
            struct client *client = events[index].data.ptr;
            if (!take(client, options)) continue;
            answered++;
            end = now_seconds();
            stops = stops || (!options->requests && end - begin >= options->seconds);
            if (!stops && asked < most) {
                asked++;
                ask(client, &template);
            }
        }
    }
    printf("{\"requests\":%" PRIu64 ",\"seconds\":%.3f,\"rate\":%.1f,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n", answered,
        end - begin, (double)answered / (end - begin), quantile(answered, 0.5), quantile(answered, 0.99));
    return 0;
}
