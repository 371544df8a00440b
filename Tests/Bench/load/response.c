#define _GNU_SOURCE
#include "load.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

// Takes the chunked framing off; `body` is where it begins. Nothing is moved before all of it is there.
static enum reading read_chunks(char *body, char *end, struct response *response, char *start) {
    for (int pass = 0; pass < 2; pass++) {
        char *place = body;
        char *output = body;
        for (;;) {
            char *line = memmem(place, (size_t)(end - place), "\r\n", 2);
            if (!line) return NEEDS_MORE;
            char *digits_end;
            size_t size = strtoul(place, &digits_end, 16);
            if (digits_end == place) return BROKEN;
            place = line + 2;
            if ((size_t)(end - place) < size + 2) return NEEDS_MORE;
            if (memcmp(place + size, "\r\n", 2) != 0) return BROKEN;
            if (pass == 1) memmove(output, place, size);
            output += size;
            place += size + 2;
            if (size == 0) break;
        }
        response->body_size = (size_t)(output - body);
        response->size = (size_t)(place - start);
    }
    return WHOLE;
}

enum reading response_read(char *bytes, size_t count, struct response *response) {
    *response = (struct response){0};
    if (count < 4) return NEEDS_MORE;
    char *head_end = memmem(bytes, count, "\r\n\r\n", 4);
    if (!head_end) return NEEDS_MORE;
    if (strncmp(bytes, "HTTP/1.1 ", 9) != 0) return BROKEN;
    response->status = atoi(bytes + 9);
    response->body = head_end + 4;
    bool chunked = false;
    size_t length = 0;
    char *line = memmem(bytes, count, "\r\n", 2);
    while (line && line < head_end) {
        line += 2;
        if (strncasecmp(line, "content-length:", 15) == 0) length = strtoul(line + 15, NULL, 10);
        if (strncasecmp(line, "transfer-encoding: chunked", 26) == 0) chunked = true;
        if (strncasecmp(line, "mcp-session-id: ", 16) == 0) {
            response->session = line + 16;
            response->session_size = strcspn(line + 16, "\r");
        }
        line = memmem(line, (size_t)(head_end + 2 - line), "\r\n", 2);
    }
    if (chunked) return read_chunks(response->body, bytes + count, response, bytes);
    response->body_size = length;
    response->size = (size_t)(response->body - bytes) + length;
    return response->size <= count ? WHOLE : NEEDS_MORE;
}

bool contains(const char *bytes, size_t count, const char *text) {
    return memmem(bytes, count, text, strlen(text)) != NULL;
}

bool answers(const struct response *response, const char *id) {
    char member[128];
    int size = snprintf(member, sizeof member, "\"id\":%s", id);
    const char *place = response->body;
    const char *end = place + response->body_size;
    while ((place = memmem(place, (size_t)(end - place), member, (size_t)size))) {
        place += size;
        if (place < end && (*place == ',' || *place == '}')) return true;
    }
    return false;
}

size_t request_write(char *output, size_t size, const struct options *options, const char *session, const char *body) {
    bool has_token = options->token && *options->token;
    bool has_session = session && *session;
    int written = snprintf(
        output, size, "%s %s HTTP/1.1\r\nHost: %s:%s\r\nAccept: %stext/event-stream\r\n%s%s%s%s%s%s",
        body ? "POST" : "GET", options->path, options->host, options->port, body ? "application/json, " : "",
        has_token ? "Authorization: Bearer " : "", has_token ? options->token : "", has_token ? "\r\n" : "",
        has_session ? "Mcp-Session-Id: " : "", has_session ? session : "",
        has_session ? "\r\nMCP-Protocol-Version: 2025-11-25\r\n" : "");
    if (written < 0 || (size_t)written >= size) fail("a request is too long");
    size_t used = (size_t)written;
    if (body) {
        const char *rest = "Content-Type: application/json\r\nContent-Length: %zu\r\n\r\n%s";
        written = snprintf(output + used, size - used, rest, strlen(body), body);
    } else {
        written = snprintf(output + used, size - used, "\r\n");
    }
    if (written < 0 || (size_t)written >= size - used) fail("a request is too long");
    return used + (size_t)written;
}
