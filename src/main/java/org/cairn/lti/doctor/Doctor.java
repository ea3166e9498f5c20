package org.cairn.lti.doctor;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.cairn.DeploymentId;
import org.cairn.TenantId;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.lti.KeySets;
import org.cairn.lti.PlatformStore;
import org.cairn.lti.service.Roster;
import org.cairn.lti.service.Services;
import org.cairn.lti.service.Tokens;
import org.cairn.outbound.Outbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines the connection of one deployment hop by hop, and says what is wrong and what to do. Calls out, so never to be used within a
 * transaction; safe for many threads.
 */
public final class Doctor {

    private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

    private final Database database;
    private final Keys keys;
    private final Outbound outbound;
    private final KeyHop keyHop;
    private final Clock clock;
    private final Duration patience;

    /** {@code publicUrl} is where LMSs reach Cairn. */
    public Doctor(Database database, Keys keys, KeySets keySets, Outbound outbound, URI publicUrl, Clock clock) {
        this(database, keys, keySets, outbound, publicUrl, clock, Duration.ofSeconds(25));
    }

    Doctor(
            Database database,
            Keys keys,
            KeySets keySets,
            Outbound outbound,
            URI publicUrl,
            Clock clock,
            Duration patience) {
        this.database = database;
        this.keys = keys;
        this.outbound = outbound;
        this.keyHop = new KeyHop(keys, keySets, outbound, publicUrl.resolve("/lti/jwks"), clock);
        this.clock = clock;
        this.patience = patience;
    }

    /** What is remembered; nobody is asked. Throws NoDataFoundException where the tenant has no such deployment. */
    public Examination recall(TenantId tenant, DeploymentId deployment) {
        var history = history(tenant, deployment);
        var findings = new ArrayList<>(new Remembered(history, clock.instant()).findings());
        findings.add(keyHop.ours());
        return new Examination(clock.instant(), history.platform(), history.deployment(), false, findings);
    }

    /**
     * What is remembered, and what the LMS answers now. A hop that fails does not stop the others; what is not known after 25 seconds is
     * told as such. Throws NoDataFoundException where the tenant has no such deployment.
     */
    public Examination examine(TenantId tenant, DeploymentId deployment) {
        var history = history(tenant, deployment);
        var skews = new Skews(clock);
        Map<Check, Finding> found = new ConcurrentHashMap<>();
        Consumer<Finding> told = finding -> found.put(finding.check(), finding);
        new Remembered(history, clock.instant()).findings().forEach(told);
        together(
                List.of(
                        tell -> {
                            tell.accept(keyHop.ours());
                            tell.accept(keyHop.ourAddress());
                        },
                        tell -> tell.accept(keyHop.theirs(history.platform())),
                        tell -> services(history, skews, found, tell)),
                found);
        told.accept(skews.finding(history));
        var findings = Arrays.stream(Check.values())
                .map(check -> found.getOrDefault(check, unfinished(check)))
                .toList();
        return new Examination(clock.instant(), history.platform(), history.deployment(), true, findings);
    }

    private History history(TenantId tenant, DeploymentId deployment) {
        return database.inTransaction(db -> HistoryStore.get(db, PlatformStore.getDeployment(db, tenant, deployment)));
    }

    private void services(History history, Skews skews, Map<Check, Finding> found, Consumer<Finding> told) {
        var tokens = new Tokens(outbound, keys, clock);
        new TokenHop(tokens, history.platform(), skews).ask(told);
        var course =
                new CourseHop(new Services(outbound, tokens, clock), new Roster(outbound, keys, clock), history, skews);
        told.accept(course.columns(isGranted(found, Check.MAY_MAKE_COLUMNS)));
        course.roster(isGranted(found, Check.MAY_READ_ROSTER), told);
    }

    private static boolean isGranted(Map<Check, Finding> found, Check right) {
        var finding = found.get(right);
        return finding != null && finding.state() == Finding.State.OK;
    }

    /** Side by side, until all are done or patience ends; what comes later is no longer told. */
    private void together(List<Consumer<Consumer<Finding>>> works, Map<Check, Finding> found) {
        var isOver = new AtomicBoolean();
        Consumer<Finding> told = finding -> {
            if (!isOver.get()) {
                found.put(finding.check(), finding);
            }
        };
        long end = System.nanoTime() + patience.toNanos();
        var threads = works.stream()
                .map(work ->
                        Thread.ofPlatform().daemon().name("doctor").unstarted(() -> safely(() -> work.accept(told))))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (var thread : threads) {
                thread.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        isOver.set(true);
        threads.forEach(Thread::interrupt);
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.error("an examination broke off", e);
        }
    }

    private Finding unfinished(Check check) {
        return Finding.failed(
                check,
                "Nothing was known of it after %s.".formatted(Words.span(patience)),
                "The LMS or the way to it is very slow; try again later, and look at its load.");
    }
}
