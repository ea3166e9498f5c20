package org.cairn.web;

import gg.jte.Content;
import io.javalin.http.Context;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.cairn.AchievementId;
import org.cairn.award.Application;
import org.cairn.award.Award;
import org.cairn.award.CollectionStore;
import org.cairn.award.Progress;
import org.cairn.award.Standing;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Catalogues;
import org.cairn.db.Database;
import org.cairn.rule.Evaluation;
import org.cairn.rule.Holds;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** What a learner sees in her course: what she holds, what she can still earn, and what is missing. */
public final class LearnerPages {

    /**
     * {@code stacks} are shown as steps, and not again among the cards that are still to earn. What the link was made for comes first:
     * {@code about} where it is no stack, and then not among the others.
     */
    public record View(
            Frame frame,
            String path,
            String token,
            String course,
            String learner,
            @Nullable Card about,
            List<Card> held,
            List<Card> open,
            List<Stack> stacks,
            int holds,
            int canEarn,
            WhatIf whatIf,
            Checked checked) {}

    /** {@code awardPath} is null where there is no award to open; {@code since} is empty where it is not held. */
    public record Card(
            AchievementId id,
            String name,
            String description,
            @Nullable String module,
            Emblem emblem,
            State state,
            String since,
            Content missing,
            @Nullable Ahead ahead,
            @Nullable Step step,
            @Nullable String awardPath,
            List<HandInForm> handIns,
            @Nullable ApplicationForm application) {}

    public record Stack(Card card, List<Stone> stones, int wanted, int met) {}

    /** One step of a stack. */
    public record Stone(String name, State state) {}

    /** What can be earned here, for somebody who does not earn. */
    public record Shelf(Frame frame, String course, List<Item> items) {}

    public record Item(String name, String description, Emblem emblem, Content criteria) {}

    private final Database database;
    private final Catalogues catalogues;
    private final Clock clock;

    LearnerPages(Database database, Catalogues catalogues, Clock clock) {
        this.database = database;
        this.catalogues = catalogues;
        this.clock = clock;
    }

    void show(Context context, Visit visit) {
        var now = clock.instant();
        var language = Language.of(context);
        var view = database.inTransaction(db -> {
            var catalogue = catalogues.current(db, visit.tenant());
            var learner = visit.account().learner();
            var standings = Progress.of(db, catalogue, visit.course().id(), List.of(learner), now)
                    .getOrDefault(learner, List.of())
                    .stream()
                    .filter(one -> !one.achievement().isRetired() || !one.isNew())
                    .toList();
            var checked = CollectionStore.find(
                            db, visit.tenant(), visit.course().id())
                    .orElse(null);
            var fields = WhatIf.fields(context, standings);
            var answer = answer(context, language, db, visit, catalogue, standings, fields, now);
            var handedIn = HandInForm.Known.load(db, visit, standings);
            var applied = ApplicationForm.known(db, visit, catalogue);
            return view(
                    visit,
                    language,
                    catalogue,
                    standings,
                    handedIn,
                    applied,
                    new WhatIf(fields, answer),
                    Checked.of(checked, now));
        });
        Pages.framed(context, "learner", view, visit.frameOrigins());
    }

    private static WhatIf.@Nullable Answer answer(
            Context context,
            Language language,
            DSLContext db,
            Visit visit,
            Catalogue catalogue,
            List<Standing> standings,
            List<WhatIf.Field> fields,
            Instant now) {
        try {
            var supposed = WhatIf.supposed(context, fields);
            if (supposed.isEmpty()) {
                return null;
            }
            var learner = visit.account().learner();
            var then = Progress.supposing(db, catalogue, learner, standings, supposed, now);
            return WhatIf.answer(catalogue, language, standings, then, supposed.keySet());
        } catch (IllegalArgumentException e) {
            return WhatIf.fault(String.valueOf(e.getMessage()));
        }
    }

    /** For visitors: what can be earned, and nobody's results. */
    void shelf(Context context, Visit visit) {
        var language = Language.of(context);
        var view = database.inTransaction(db -> {
            var catalogue = catalogues.current(db, visit.tenant());
            var items = catalogue.shown(visit.course().id()).stream()
                    .filter(achievement -> !achievement.isRetired())
                    .sorted(Comparator.comparing((Achievement one) -> !one.id().equals(visit.about())))
                    .map(achievement -> new Item(
                            achievement.name(),
                            achievement.definition().description(),
                            Emblem.of(visit.tenant(), achievement),
                            language.prose(new Sentence(
                                            catalogue.names(
                                                    achievement,
                                                    catalogue.attachment(
                                                            achievement.id(),
                                                            visit.course().id())),
                                            catalogue.timeZone(),
                                            language.locale())
                                    .criteria(achievement.definition().rule()))))
                    .toList();
            return new Shelf(visit.frame("Credentials"), title(visit), items);
        });
        Pages.framed(context, "shelf", view, visit.frameOrigins());
    }

    static String title(Visit visit) {
        return visit.course().title() == null ? "this course" : visit.course().title();
    }

    private View view(
            Visit visit,
            Language language,
            Catalogue catalogue,
            List<Standing> standings,
            HandInForm.Known handedIn,
            List<Application> applied,
            WhatIf whatIf,
            Checked checked) {
        var held = new ArrayList<Card>();
        var open = new ArrayList<Card>();
        var stacks = new ArrayList<Stack>();
        Card about = null;
        int holds = 0;
        int canEarn = 0;
        for (var standing : standings) {
            var card = card(visit, language, catalogue, standing, handedIn, applied);
            boolean isStack = standing.achievement().isStack();
            boolean isAbout = standing.achievement().id().equals(visit.about());
            holds += standing.isHeld() ? 1 : 0;
            canEarn += standing.isHeld() || isStack ? 0 : 1;
            if (isStack) {
                stacks.add(isAbout ? 0 : stacks.size(), stack(catalogue, card, standing, standings));
            }
            if (isAbout && !isStack) {
                about = card;
            } else if (standing.isHeld()) {
                held.add(card);
            } else if (!standing.achievement().isStack()) {
                open.add(card);
            }
        }
        var name = visit.account().name() == null ? "" : visit.account().name();
        return new View(
                visit.frame("Your credentials"),
                visit.path(),
                visit.formToken(),
                title(visit),
                name,
                about,
                held,
                open,
                stacks,
                holds,
                canEarn,
                whatIf,
                checked);
    }

    private static String when(Award award, ZoneId zone) {
        var from = Days.of(award.awardedAt(), zone);
        return award.expiresAt() == null ? from : from + ", valid until " + Days.of(award.expiresAt(), zone);
    }

    private static Content missing(Standing standing, String missing, Language language, ZoneId zone) {
        if (standing.isRevoked() || standing.isSuspended()) {
            return output -> output.writeUserContent(missing);
        }
        var before = before(standing, zone);
        return output -> {
            output.writeUserContent(before);
            language.prose(missing).writeTo(output);
        };
    }

    /** What became of an award that can be earned again. */
    private static String before(Standing standing, ZoneId zone) {
        var award = standing.award();
        if (award != null && award.isUndone()) {
            return "It was revoked on %s and can be earned again. %s "
                    .formatted(Days.of(award.last().at(), zone), award.last().reason());
        }
        return award != null && award.expiresAt() != null && standing.hasEnded()
                ? "It was valid until %s and can be earned again. ".formatted(Days.of(award.expiresAt(), zone))
                : "";
    }

    /** Why she does not hold what she was awarded. */
    private static String taken(Award award) {
        return award.isSuspended()
                ? "This award is held for review and counts towards nothing until that is over: "
                        + award.last().reason()
                : "This award was revoked: " + award.last().reason();
    }

    private Card card(
            Visit visit,
            Language language,
            Catalogue catalogue,
            Standing standing,
            HandInForm.Known handedIn,
            List<Application> applied) {
        var achievement = standing.achievement();
        var definition = achievement.definition();
        var sentence = new Sentence(
                catalogue.names(achievement, standing.attachment()), catalogue.timeZone(), language.locale());
        var award = standing.award();
        var missing = award != null && (standing.isRevoked() || standing.isSuspended())
                ? taken(award)
                : standing.isHeld() || standing.evaluation().isMet() ? "" : sentence.soFar(standing.evaluation());
        return new Card(
                achievement.id(),
                achievement.name(),
                definition.description(),
                standing.attachment() == null ? null : standing.attachment().module(),
                Emblem.of(visit.tenant(), achievement),
                State.of(standing),
                !standing.isHeld() || award == null ? "" : when(award, catalogue.timeZone()),
                missing(standing, missing, language, catalogue.timeZone()),
                standing.isOpen() ? Ahead.of(standing.evaluation(), sentence, language, catalogue.timeZone()) : null,
                Step.of(standing.evaluation(), sentence, language),
                award == null ? null : visit.path() + "/awards/" + award.id(),
                HandInForm.of(visit, catalogue, standing, handedIn),
                ApplicationForm.of(visit, catalogue, standing, sentence, applied));
    }

    private static Stack stack(Catalogue catalogue, Card card, Standing stack, List<Standing> standings) {
        var states = new HashMap<AchievementId, State>();
        standings.forEach(one -> states.put(one.achievement().id(), State.of(one)));
        Set<AchievementId> parts = stack.achievement().definition().rule().parts();
        var held = stack.evaluation();
        var stones = parts.stream()
                .map(part -> new Stone(catalogue.get(part).name(), state(states, held, part)))
                .toList();
        int met = (int)
                stones.stream().filter(stone -> stone.state() == State.EARNED).count();
        return new Stack(card, stones, stones.size(), met);
    }

    /** A part that is not of this course is shown as the stack's own evaluation has it. */
    private static State state(Map<AchievementId, State> states, Evaluation evaluation, AchievementId part) {
        var known = states.get(part);
        if (known != null) {
            return known;
        }
        return holds(evaluation, part) ? State.EARNED : State.STARTED;
    }

    private static boolean holds(Evaluation evaluation, AchievementId part) {
        return (evaluation.isMet()
                        && evaluation.requirement() instanceof Holds holds
                        && holds.achievement().equals(part))
                || evaluation.parts().stream().anyMatch(one -> holds(one, part));
    }
}
