package org.cairn;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.cairn.award.DryRun;
import org.cairn.award.DryRunJson;
import org.cairn.award.DryRunReport;
import org.cairn.award.Trial;
import org.cairn.catalog.Achievement;
import org.cairn.catalog.Catalogue;
import org.cairn.catalog.CatalogueFile;
import org.cairn.catalog.Catalogues;
import org.cairn.catalog.Definition;
import org.cairn.catalog.IssuerStore;
import org.cairn.lti.Course;
import org.cairn.lti.CourseStore;
import org.cairn.people.Tenant;
import org.cairn.people.TenantStore;
import org.cairn.rule.Rule;
import org.cairn.rule.Sentence;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries rules of a file over the learners that there were. */
@Command(
        name = "dry-run",
        description = "Says what rules would do to the learners that there were. Changes nothing.",
        mixinStandardHelpOptions = true)
final class DryRunCommand implements Callable<Integer> {

    @Mixin
    App.Settings settings = new App.Settings();

    @Parameters(paramLabel = "FILE", description = "A catalogue file, or one rule.")
    Path file = Path.of("");

    @Option(names = "--tenant", paramLabel = "SLUG", description = "Whose learners; of a catalogue its own tenant's.")
    @Nullable
    String tenant;

    @Option(
            names = "--achievement",
            paramLabel = "ID",
            description =
                    "Whose rule it is to be, with what fills its slots now. Of a catalogue only this one; otherwise all whose rules are not those that are published.")
    @Nullable
    String achievement;

    @Option(
            names = "--course",
            paramLabel = "ID",
            description = "Only learners of this course, by the LMS's id of it; may be given several times.")
    List<String> courses = new ArrayList<>();

    @Option(names = "--json", description = "Prints JSON, with everybody in it.")
    boolean isJson;

    /** One rule that was tried, with what its report speaks of. */
    private record Tried(
            AchievementId achievement,
            String name,
            Sentence sentence,
            DryRunReport report,
            Map<CourseId, Course> courses) {}

    @Override
    public Integer call() {
        var read = RuleFile.read(file);
        try (var database = Cairn.database(settings.config())) {
            var tried = database.inTransaction(db -> run(db, read));
            if (isJson) {
                System.out.println(json(tried));
            } else {
                tried.forEach(one -> DryRunText.print(
                        one.name() + " (" + one.achievement() + ")", one.report(), one.sentence(), one.courses()));
                if (tried.isEmpty()) {
                    System.out.println("Every rule of the file is the one that is published.");
                }
            }
        }
        return 0;
    }

    private List<Tried> run(DSLContext db, RuleFile read) {
        var whose = tenant(db, read);
        var catalogue = new Catalogues().current(db, whose.id());
        var chosen = chosen(db, whose.id());
        return switch (read) {
            case RuleFile.Single single -> List.of(run(db, catalogue, single.rule(), chosen));
            case RuleFile.Whole whole -> run(db, catalogue, whole.catalogue(), chosen);
        };
    }

    private Tried run(DSLContext db, Catalogue catalogue, Rule rule, Set<CourseId> chosen) {
        if (achievement == null) {
            throw unnamed("--achievement says whose rule it is to be.");
        }
        var id = id(achievement);
        var published = catalogue
                .find(id)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND,
                        "achievement_unknown",
                        "No achievement \"%s\" is published here; a catalogue file can define it and say in which courses it is tried."
                                .formatted(id)));
        return run(db, catalogue, Trial.of(catalogue, id, rule), published.definition(), chosen);
    }

    private List<Tried> run(DSLContext db, Catalogue catalogue, CatalogueFile whole, Set<CourseId> chosen) {
        var published = new LinkedHashMap<AchievementId, Definition>();
        catalogue.achievements().forEach(one -> published.put(one.id(), one.definition()));
        var tried = new ArrayList<Tried>();
        RuleCommands.chosen(whole, achievement).forEach((id, definition) -> {
            var known = published.get(id);
            if (achievement != null || known == null || !known.rule().equals(definition.rule())) {
                tried.add(run(db, catalogue, Trial.of(db, catalogue, whole, id), definition, chosen));
            }
        });
        return tried;
    }

    private static Tried run(
            DSLContext db, Catalogue catalogue, Trial trial, Definition definition, Set<CourseId> chosen) {
        var report = DryRun.of(db, catalogue, trial, chosen, App.clock().instant());
        var spoken = new HashSet<CourseId>();
        report.missing().forEach(one -> spoken.add(one.course()));
        report.borderline().stream()
                .map(DryRunReport.Borderline::course)
                .filter(Objects::nonNull)
                .forEach(spoken::add);
        var names = catalogue.names(new Achievement(trial.achievement(), 0, definition, null, Instant.EPOCH), null);
        return new Tried(
                trial.achievement(),
                definition.name(),
                Sentence.about(names, catalogue.timeZone()),
                report,
                CourseStore.list(db, catalogue.tenant(), spoken).stream()
                        .collect(Collectors.toMap(Course::id, Function.identity())));
    }

    private Tenant tenant(DSLContext db, RuleFile read) {
        var slug = tenant != null
                ? tenant
                : read instanceof RuleFile.Whole whole ? whole.catalogue().tenant() : null;
        if (slug == null) {
            throw unnamed("--tenant says whose learners it is tried over.");
        }
        var found = TenantStore.find(db, slug)
                .orElseThrow(() -> new Problem(
                        Problem.Kind.NOT_FOUND, "tenant_unknown", "There is no tenant \"%s\".".formatted(slug)));
        if (!IssuerStore.isBegun(db, found.id())) {
            throw new Problem(
                    Problem.Kind.NOT_FOUND,
                    "tenant_not_begun",
                    "The tenant \"%s\" has no catalogue yet; run cairn serve once.".formatted(slug));
        }
        return found;
    }

    private Set<CourseId> chosen(DSLContext db, TenantId whose) {
        if (courses.isEmpty()) {
            return Set.of();
        }
        var found = CourseStore.called(db, whose, courses);
        var known = found.stream().map(Course::contextId).collect(Collectors.toSet());
        for (var course : courses) {
            if (!known.contains(course)) {
                throw new Problem(
                        Problem.Kind.NOT_FOUND,
                        "course_unknown",
                        "No course of this tenant has the id \"%s\" in its LMS.".formatted(course));
            }
        }
        return found.stream().map(Course::id).collect(Collectors.toSet());
    }

    private static AchievementId id(String text) {
        try {
            return new AchievementId(text);
        } catch (IllegalArgumentException e) {
            throw unnamed(String.valueOf(e.getMessage()));
        }
    }

    private static Problem unnamed(String why) {
        return new Problem(Problem.Kind.MALFORMED, "rule_unnamed", why);
    }

    private static String json(List<Tried> tried) {
        var json = JsonNodeFactory.instance.objectNode();
        tried.forEach(one -> json.set(one.achievement().value(), DryRunJson.write(one.report(), one.courses())));
        try {
            return RuleFile.JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
