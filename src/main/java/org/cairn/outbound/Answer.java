package org.cairn.outbound;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What another system answered. Header names are in lower case. */
public record Answer(int status, Map<String, List<String>> headers, byte[] body) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    public List<String> headers(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public String toString() {
        return "Answer[" + status + ", " + body.length + " bytes]";
    }
}
