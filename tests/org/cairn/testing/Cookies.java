package org.cairn.testing;

import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The cookies that a browser keeps, of which Cairn sets one for each path; also the secure ones that Java's own would not send to http. */
public final class Cookies {

    private static final Pattern SET = Pattern.compile("([^;]+);.*Path=([^;]+);.*");

    private final Map<String, String> byPath = new HashMap<>();

    public static Cookies of(String browserSecret) {
        var cookies = new Cookies();
        cookies.byPath.put("/", "cairn=" + browserSecret);
        return cookies;
    }

    public void keep(HttpResponse<?> answer) {
        for (var set : answer.headers().allValues("Set-Cookie")) {
            var parts = SET.matcher(set);
            if (!parts.matches()) {
                throw new IllegalArgumentException("A cookie without a path: " + set);
            }
            byPath.put(parts.group(2), parts.group(1));
        }
    }

    /** Somebody else's who knows of which sessions there are. */
    public Cookies as(String browserSecret) {
        var others = Cookies.of(browserSecret);
        byPath.forEach(others.byPath::putIfAbsent);
        return others;
    }

    /** The header for this path. */
    public String header(String path) {
        return byPath.keySet().stream()
                .filter(path::startsWith)
                .sorted()
                .map(byPath::get)
                .collect(Collectors.joining("; "));
    }

    /** What a cookie of this path holds. */
    public String value(String path) {
        return byPath.get(path).replaceFirst("[^=]*=", "");
    }
}
