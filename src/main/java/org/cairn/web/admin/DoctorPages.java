package org.cairn.web.admin;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.cairn.DeploymentId;
import org.cairn.db.Database;
import org.cairn.lti.Deployment;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.doctor.Doctor;
import org.cairn.lti.doctor.Examination;
import org.cairn.lti.doctor.Finding;
import org.cairn.lti.doctor.Hop;
import org.cairn.lti.doctor.Report;
import org.cairn.web.Pages;

/** What is wrong with a connection: the chain of its hops, what was seen at each, and what to do. */
public final class DoctorPages {

    /** {@code verdict} is the one sentence that sums it up. */
    public record View(
            AdminFrame frame,
            String path,
            String platform,
            String deployment,
            String at,
            boolean isWhole,
            String verdict,
            List<Link> chain) {}

    /** A hop: {@code style} is how it is drawn. */
    public record Link(String id, String title, String style, String word, List<Finding> findings) {}

    private final Database database;
    private final Doctor doctor;

    DoctorPages(Database database, Doctor doctor) {
        this.database = database;
        this.doctor = doctor;
    }

    /** What is remembered, at once. */
    void show(Context context, AdminVisit visit) {
        var deployment = deployment(context, visit);
        render(context, visit, doctor.recall(deployment.tenant(), deployment.id()));
    }

    /** What the LMS answers now: half a minute at most. */
    void examine(Context context, AdminVisit visit) {
        var deployment = deployment(context, visit);
        render(context, visit, doctor.examine(deployment.tenant(), deployment.id()));
    }

    /** The same for support: without names and secrets. */
    void report(Context context, AdminVisit visit) {
        var deployment = deployment(context, visit);
        var examination = doctor.examine(deployment.tenant(), deployment.id());
        var report = new Report(examination);
        boolean isJson = "json".equals(context.formParam("format"));
        var day = examination.at().atZone(ZoneOffset.UTC).toLocalDate();
        var name = "cairn-connection-%s.%s".formatted(day, isJson ? "json" : "txt");
        var text = isJson ? report.json().toPrettyString() : report.text();
        context.header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .contentType(isJson ? "application/json" : "text/plain; charset=utf-8")
                .result(text.getBytes(StandardCharsets.UTF_8));
    }

    private Deployment deployment(Context context, AdminVisit visit) {
        var id = Fields.id(context.pathParam("deployment"), DeploymentId::of);
        return database.inTransaction(db -> PlatformStore.findDeployment(db, visit.tenantIds(), id))
                .orElseThrow(AdminVisit::notHere);
    }

    private static void render(Context context, AdminVisit visit, Examination examination) {
        var chain =
                Arrays.stream(Hop.values()).map(hop -> link(hop, examination)).toList();
        var view = new View(
                visit.frame(context, "Connection doctor", "/admin/deployments"),
                "/admin/deployments/" + examination.deployment().id() + "/doctor",
                examination.platform().name(),
                examination.deployment().externalId(),
                Moments.of(examination.at()),
                examination.isWhole(),
                verdict(examination),
                chain);
        Pages.own(context, "admin/doctor", view);
    }

    private static Link link(Hop hop, Examination examination) {
        var state = examination.state(hop);
        var findings = examination.of(hop);
        var isAll = examination.isWhole() || hop == Hop.BROWSER || hop == Hop.NOTICES;
        var style = state.map(DoctorPages::style).orElse("unknown");
        var word = state.map(Finding.State::title).orElse("Not asked yet");
        boolean isHalf = !isAll && state.filter(one -> one == Finding.State.OK).isPresent();
        return new Link(
                hop.name().toLowerCase(java.util.Locale.ROOT),
                hop.title(),
                isHalf ? "unknown" : style,
                isHalf ? "Not asked yet" : word,
                findings);
    }

    private static String style(Finding.State state) {
        return switch (state) {
            case OK -> "good";
            case NOT_POSSIBLE -> "unknown";
            case ATTENTION -> "wait";
            case FAILED -> "bad";
        };
    }

    private static String verdict(Examination examination) {
        if (!examination.isWhole()) {
            return "This is what Cairn remembers. Nobody has been asked yet.";
        }
        long looks = examination.findings().stream()
                .filter(finding -> finding.state() == Finding.State.ATTENTION)
                .count();
        return examination
                .broken()
                .map(hop -> "The chain is broken at: %s.".formatted(hop.title()))
                .orElse(
                        looks == 0
                                ? "Every link holds."
                                : "Every link holds; %s to look at.".formatted(Moments.count(looks, "thing")));
    }
}
