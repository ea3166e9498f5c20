package org.cairn.web;

import gg.jte.Content;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** Markdown as HTML that is safe to show: markup in the text is shown as text, and links lead only to web addresses. */
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private Markdown() {}

    public static Content of(String text) {
        var html = RENDERER.render(PARSER.parse(text));
        return output -> output.writeContent(html);
    }
}
