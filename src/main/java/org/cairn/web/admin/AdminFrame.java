package org.cairn.web.admin;

import java.util.List;
import org.cairn.web.Frame;
import org.jspecify.annotations.Nullable;

/**
 * What every page of an operator's shows around its own content.
 *
 * @param scope which tenant she runs, in words
 * @param token what every form of the page sends back
 * @param done what was done by the form before, if anything
 */
public record AdminFrame(
        Frame frame,
        List<Link> links,
        String operator,
        String scope,
        String token,
        @Nullable Done done) {

    /** An entry of the navigation. */
    public record Link(String name, String path, boolean isHere) {}

    static AdminFrame of(
            String title,
            String here,
            String operator,
            String scope,
            boolean isOfAll,
            String token,
            @Nullable Done done) {
        var links = Place.all().stream()
                .filter(place -> isOfAll || !place.isForAll())
                .map(place -> new Link(place.word(), place.path(), place.path().equals(here)))
                .toList();
        return new AdminFrame(new Frame(title, List.of()), links, operator, scope, token, done);
    }

    @Override
    public String toString() {
        return "AdminFrame[" + frame.title() + "]";
    }
}
