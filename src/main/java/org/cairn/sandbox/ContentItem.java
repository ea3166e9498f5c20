package org.cairn.sandbox;

import static org.cairn.sandbox.Answers.require;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One thing that a tool wants linked (Deep Linking 2.0 §3): of the types, only ltiResourceLink becomes anything here. */
record ContentItem(
        String title, @Nullable String text, @Nullable String url, Map<String, String> custom, JsonNode lineItem) {

    /** Throws Answers with what is wrong with it. */
    static ContentItem read(JsonNode item, Tool tool, DeepLinkRequest request) {
        var type = item.path("type").asText("");
        require(
                request.acceptTypes().contains(type),
                400,
                "An item is of type \"" + type + "\", which was not asked for.");
        require(type.equals("ltiResourceLink"), 400, "This platform keeps items of type ltiResourceLink only.");
        var line = item.path("lineItem");
        if (!line.isMissingNode()) {
            require(!Boolean.FALSE.equals(request.acceptLineItem()), 400, "A column came that was not asked for.");
            require(line.path("scoreMaximum").asDouble() > 0, 400, "A column's scoreMaximum is not above 0.");
        }
        return new ContentItem(
                text(item, "title", tool.name()), optional(item, "text"), url(item, tool), custom(item), line);
    }

    private static @Nullable String url(JsonNode item, Tool tool) {
        var url = optional(item, "url");
        if (url != null) {
            require(isAt(url, tool), 400, "An item's url is not at the tool's domain.");
        }
        return url;
    }

    private static boolean isAt(String url, Tool tool) {
        try {
            return tool.isAt(URI.create(url));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Map<String, String> custom(JsonNode item) {
        var custom = new HashMap<String, String>();
        item.path("custom").properties().forEach(one -> {
            require(one.getValue().isTextual(), 400, "The custom parameter " + one.getKey() + " is no text.");
            custom.put(one.getKey(), one.getValue().textValue());
        });
        return custom;
    }

    private static @Nullable String optional(JsonNode item, String name) {
        require(!item.has(name) || item.get(name).isTextual(), 400, "An item's " + name + " is no text.");
        return item.has(name) ? item.get(name).textValue() : null;
    }

    private static String text(JsonNode item, String name, String usual) {
        var text = optional(item, name);
        return text == null || text.isBlank() ? usual : text;
    }
}
