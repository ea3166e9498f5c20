package org.cairn.web;

import java.util.List;
import org.cairn.AchievementId;
import org.cairn.award.Application;
import org.cairn.award.ApplicationStore;
import org.cairn.award.Applying;
import org.cairn.award.Standing;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.Definition;
import org.cairn.rule.RequirementJson;
import org.cairn.rule.Rule;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a learner can apply for about one credential, and what became of what she applied for.
 *
 * @param award how far the award itself is
 * @param excusable the requirements that she may ask to be excused from
 * @param takesElsewhere whether she may ask that something earned elsewhere counts
 */
public record ApplicationForm(
        String path,
        String token,
        AchievementId achievement,
        Readiness award,
        List<Asked> asked,
        List<Excusable> excusable,
        boolean takesElsewhere) {

    /** Whether something is to be done about the award itself: nothing, apply, wait for people, or ask them again. */
    public enum Readiness {
        NOTHING,
        APPLY,
        WAIT,
        ASK
    }

    /** One thing that she applied for; {@code answer} is null while it is open. */
    public record Asked(
            String what,
            @Nullable String said,
            String on,
            @Nullable Answer answer) {}

    public record Answer(boolean isGranted, String reason, String on) {}

    /** {@code value} is what the form sends for it. */
    public record Excusable(String value, String asks) {}

    /** Everything that she applied for: one statement, or none where nothing can be. */
    static List<Application> known(DSLContext db, Visit visit, Catalogue catalogue) {
        return catalogue.asksPeople()
                ? ApplicationStore.list(db, visit.tenant(), visit.account().learner())
                : List.of();
    }

    /** Null where there is nothing to apply for and nothing was. */
    static @Nullable ApplicationForm of(
            Visit visit, Catalogue catalogue, Standing standing, Sentence sentence, List<Application> known) {
        if (standing.isHeld() || standing.isRevoked()) {
            return null;
        }
        boolean isOpen = standing.isOpen();
        var own = known.stream()
                .filter(one -> one.achievement().equals(standing.achievement().id()))
                .toList();
        var allows = standing.achievement().definition().allows();
        var form = new ApplicationForm(
                visit.path(),
                visit.formToken(),
                standing.achievement().id(),
                isOpen ? readiness(standing, own) : Readiness.NOTHING,
                own.stream().map(one -> asked(one, sentence, catalogue)).toList(),
                isOpen && allows.contains(Definition.Allowance.WAIVER) ? excusable(standing, sentence, own) : List.of(),
                isOpen && allows.contains(Definition.Allowance.RECOGNITION));
        return form.isEmpty() ? null : form;
    }

    private static Readiness readiness(Standing standing, List<Application> own) {
        var mode = standing.achievement().definition().rule().mode();
        if (mode == Rule.Mode.AUTO || !standing.evaluation().isMet()) {
            return Readiness.NOTHING;
        }
        boolean isOpen = own.stream().anyMatch(one -> one.isOpen() && one.isForTheAward());
        return mode == Rule.Mode.APPLY ? Readiness.APPLY : isOpen ? Readiness.WAIT : Readiness.ASK;
    }

    private static List<Excusable> excusable(Standing standing, Sentence sentence, List<Application> own) {
        return Applying.unmet(standing.evaluation())
                .filter(requirement -> own.stream()
                        .noneMatch(one -> one.isOpen() && one.sought().equals(new Application.Waiver(requirement))))
                .map(requirement -> new Excusable(
                        RequirementJson.write(requirement).toString(), Markdown.plain(sentence.asks(requirement))))
                .toList();
    }

    private static Asked asked(Application application, Sentence sentence, Catalogue catalogue) {
        var decision = application.decision();
        return new Asked(
                what(application, sentence),
                application.said(),
                Days.of(application.at(), catalogue.timeZone()),
                decision == null
                        ? null
                        : new Answer(
                                decision.isGranted(), decision.reason(), Days.of(decision.at(), catalogue.timeZone())));
    }

    /** What an application is for, in words. */
    static String what(Application application, Sentence sentence) {
        return switch (application.sought()) {
            case Application.TheAward award -> "To be awarded it";
            case Application.Waiver waiver ->
                "To be excused from: " + Markdown.plain(sentence.asks(waiver.requirement()));
            case Application.Recognition elsewhere ->
                "To have this counted: %s, from %s".formatted(elsewhere.named(), elsewhere.issuer());
        };
    }

    private boolean isEmpty() {
        return award == Readiness.NOTHING && asked.isEmpty() && excusable.isEmpty() && !takesElsewhere;
    }

    /** What the fields of this form are called: no two of a page alike. */
    public String id() {
        return "application-" + achievement;
    }
}
