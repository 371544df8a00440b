#pragma once

// libyaml as Swift sees it. The data of an event and the input of a parser are unions.
#include <yaml.h>

static inline const yaml_char_t *cyaml_scalar(const yaml_event_t *event) { return event->data.scalar.value; }
static inline size_t cyaml_scalar_bytes(const yaml_event_t *event) { return event->data.scalar.length; }
static inline int cyaml_scalar_is_plain(const yaml_event_t *event) {
    return event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
}
