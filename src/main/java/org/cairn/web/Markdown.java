package org.cairn.web;

import gg.jte.Content;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.LineBreakRendering;
import org.commonmark.renderer.text.TextContentRenderer;

/** Markdown as HTML that is safe to show: markup in the text is shown as text, and links lead only to web addresses. */
public final class Markdown {

    private static final Parser PARSER = Parser.builder().build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

    private static final TextContentRenderer TEXT = TextContentRenderer.builder()
            .lineBreakRendering(LineBreakRendering.STRIP)
            .build();

    private Markdown() {}

    /** The words alone, in one line. */
    public static String plain(String text) {
        return TEXT.render(PARSER.parse(text)).strip();
    }

    public static Content of(String text) {
        var html = RENDERER.render(PARSER.parse(text));
        return output -> output.writeContent(html);
    }
}
