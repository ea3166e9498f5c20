package org.cairn.web;

import io.javalin.http.Context;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.cairn.AchievementId;
import org.cairn.Problem;
import org.cairn.award.Attaching;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Attachment;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.evidence.ActivityStore;
import org.cairn.evidence.Source;
import org.cairn.lti.Arrival;
import org.cairn.lti.DeepLinking;
import org.cairn.lti.Message;
import org.cairn.rule.Slot;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Where a teacher chooses what to link into a course (Deep Linking 2.0). */
public final class ChoicePages {

    /** {@code problem} says what was wrong with the last try; null before it. */
    public record View(
            Frame frame,
            String path,
            String token,
            String settings,
            boolean several,
            boolean column,
            boolean hasCourse,
            List<Option> options,
            @Nullable String problem) {}

    /** One credential to choose. {@code missing} are the blanks that nothing in this course fills yet. */
    public record Option(
            AchievementId id,
            String name,
            String description,
            Emblem emblem,
            boolean isAttached,
            boolean inGradebook,
            List<Blank> missing,
            List<String> activities) {}

    /** A blank: its field in the form, and what it asks for. */
    public record Blank(String field, String title) {}

    /** The signed answer on its way to the LMS. */
    public record Sending(Frame frame, DeepLinking.Response response) {}

    private static final String WHOLE = "whole-course";

    private final Database database;
    private final Catalogues catalogues;
    private final Attaching attaching;
    private final DeepLinking deepLinking;
    private final URI publicUrl;
    private final Clock clock;

    ChoicePages(
            Database database,
            Catalogues catalogues,
            Attaching attaching,
            DeepLinking deepLinking,
            URI publicUrl,
            Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.attaching = attaching;
        this.deepLinking = deepLinking;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /** The page to choose on, right after the launch that asks for it. */
    void show(Context context, Arrival.AtPlacement arrival, Message.DeepLinking settings, Guest guest) {
        var placement = arrival.placement().id();
        var sealed = deepLinking.seal(arrival.launch(), settings, guest.browser(), placement);
        var choice = deepLinking.open(sealed, guest.browser(), placement).orElseThrow();
        if (!settings.acceptsLinks()) {
            var links = deepLinking.respond(
                    choice,
                    arrival.course().tenant(),
                    List.of(),
                    "Cairn has links to credentials only, and this place takes none.");
            send(context, new Frame("Back to your course", List.of()), links);
            return;
        }
        var visit = database.inTransaction(
                db -> Visit.read(db, guest, placement, clock).orElseThrow());
        show(context, visit, sealed, choice, null);
    }

    /** What was chosen: attached where it was not, and sent to the LMS, signed. */
    void choose(Context context) {
        var visit = Visit.ofForm(context, database, clock, publicUrl);
        var sealed = String.valueOf(context.formParam("settings"));
        var choice = deepLinking
                .open(sealed, visit.browser(), visit.placement())
                .orElseThrow(() -> new Problem(
                        Problem.Kind.CONFLICT,
                        "choice_expired",
                        "This choice was begun more than two hours ago, or elsewhere; begin it again in your course."));
        if (!visit.role().changesCourse()) {
            throw new Problem(
                    Problem.Kind.FORBIDDEN,
                    "role_too_low",
                    "Only who teaches this course can link credentials into it.");
        }
        var chosen = context.formParams("achievement");
        boolean isFitting =
                !chosen.isEmpty() && (choice.acceptsSeveral() || chosen.size() == 1) && chosen.size() <= 100;
        if (!isFitting) {
            var problem = chosen.isEmpty() ? "Choose at least one." : "Your LMS takes one link at a time; choose one.";
            show(context, visit, sealed, choice, problem);
            return;
        }
        var links = links(context, visit, choice, chosen);
        send(context, visit.frame("Back to your course"), deepLinking.respond(choice, visit.tenant(), links, null));
    }

    private List<DeepLinking.Link> links(Context context, Visit visit, DeepLinking.Choice choice, List<String> chosen) {
        var catalogue = database.inTransaction(db -> catalogues.current(db, visit.tenant()));
        var links = new ArrayList<DeepLinking.Link>();
        var wanted = new ArrayList<Attaching.Wanted>();
        for (var id : new LinkedHashSet<>(chosen)) {
            if (id.equals(WHOLE)) {
                links.add(new DeepLinking.Link("Your credentials", null, null, null));
            } else {
                var achievement = achievement(catalogue, id);
                boolean inGradebook =
                        choice.acceptsLineItem() && context.formParam("column:" + id) != null && hasCourse(visit);
                var attachment =
                        catalogue.attachment(achievement.id(), visit.course().id());
                wanted.add(new Attaching.Wanted(
                        achievement.id(),
                        null,
                        inGradebook,
                        attachment == null ? named(context, achievement) : Map.of()));
                links.add(link(achievement, inGradebook));
            }
        }
        if (hasCourse(visit) && !wanted.isEmpty()) {
            attaching.attach(visit.tenant(), visit.course().id(), wanted);
        }
        return links;
    }

    private static DeepLinking.Link link(Achievement achievement, boolean inGradebook) {
        var name = achievement.name();
        var label = name.substring(0, Math.min(name.length(), 250));
        return new DeepLinking.Link(
                label,
                achievement.definition().description(),
                achievement.id(),
                inGradebook ? new DeepLinking.Column(label, 100, Attachment.columnId(achievement.id())) : null);
    }

    private static Achievement achievement(Catalogue catalogue, String id) {
        try {
            return catalogue.get(new AchievementId(id));
        } catch (IllegalArgumentException e) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "achievement_unknown",
                    "One of the chosen credentials is not offered here any more; go back, reload the page and choose again.");
        }
    }

    /** For each slot the LMS's activity that was picked; a slot without one gets a column of Cairn's own. */
    private static Map<Slot, String> named(Context context, Achievement achievement) {
        var named = new HashMap<Slot, String>();
        for (var slot : achievement.definition().rule().slots()) {
            var value = context.formParam(field(achievement.id(), slot));
            if (value != null && !value.isBlank() && value.length() <= 255) {
                named.put(slot, value);
            }
        }
        return named;
    }

    private void show(
            Context context, Visit visit, String sealed, DeepLinking.Choice choice, @Nullable String problem) {
        var view = database.inTransaction(db -> new View(
                visit.frame("Choose credentials"),
                visit.path() + "/choice",
                visit.formToken(),
                sealed,
                choice.acceptsSeveral(),
                choice.acceptsLineItem() && hasCourse(visit),
                hasCourse(visit),
                options(db, visit),
                problem));
        if (problem != null) {
            context.status(422);
        }
        Pages.framed(context, "choice", view, visit.frameOrigins(), choice.returnUrl());
    }

    private List<Option> options(DSLContext db, Visit visit) {
        var catalogue = catalogues.current(db, visit.tenant());
        var course = visit.course().id();
        var activities = ActivityStore.names(db, visit.tenant(), course, Source.PUSH);
        return catalogue.achievements().stream()
                .filter(achievement -> !achievement.isRetired())
                .map(achievement -> option(visit, catalogue, achievement, activities))
                .toList();
    }

    private static Option option(Visit visit, Catalogue catalogue, Achievement achievement, List<String> activities) {
        var attachment = catalogue.attachment(achievement.id(), visit.course().id());
        var definition = achievement.definition();
        var missing = attachment != null || !hasCourse(visit)
                ? List.<Blank>of()
                : definition.rule().slots().stream()
                        .map(slot -> new Blank(
                                field(achievement.id(), slot),
                                definition.slots().getOrDefault(slot, slot.name())))
                        .toList();
        return new Option(
                achievement.id(),
                achievement.name(),
                definition.description(),
                Emblem.of(visit.tenant(), achievement),
                attachment != null,
                attachment != null && attachment.inGradebook(),
                missing,
                activities);
    }

    private void send(Context context, Frame frame, DeepLinking.Response response) {
        Pages.framed(context, "sending", new Sending(frame, response), frame.frameOrigins(), response.returnUrl());
    }

    // Without a context the launch's course is only a name for the dialogue, and nothing is attached to it.
    private static boolean hasCourse(Visit visit) {
        return !visit.course().contextId().startsWith("resource-link:");
    }

    static String field(AchievementId achievement, Slot slot) {
        return "slot:" + achievement + ":" + slot.name();
    }
}
