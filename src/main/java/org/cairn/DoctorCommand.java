package org.cairn;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.cairn.db.Database;
import org.cairn.keys.Keys;
import org.cairn.keys.MasterKey;
import org.cairn.lti.Deployment;
import org.cairn.lti.KeySets;
import org.cairn.lti.doctor.Doctor;
import org.cairn.lti.doctor.Examination;
import org.cairn.lti.doctor.Finding;
import org.cairn.lti.doctor.Report;
import org.cairn.outbound.Outbound;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Examines the connection to an LMS from the command line. With an H2 file Cairn has to be stopped, and is started for as long as the
 * examination takes: the LMS asks it for its keys meanwhile.
 */
@Command(
        name = "doctor",
        description = "Examines the connection to an LMS, and says what is wrong and what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @Mixin
    DeploymentOptions named = new DeploymentOptions();

    @Option(names = "--report", paramLabel = "FILE", description = "Writes what support may see: no names, no secrets.")
    @Nullable
    Path report;

    /** 0 where nothing is broken, 1 where something is. */
    @Override
    public Integer call() {
        var config = named.settings.config();
        var examination = config.databaseUrl() == null ? serving(config) : beside(config);
        for (var finding : examination.findings()) {
            System.out.printf(
                    "%-18s %s: %s%n", finding.state().title(), finding.check().title(), finding.seen());
            if (finding.state() != Finding.State.OK) {
                System.out.printf("%-18s → %s%n", "", finding.advice());
            }
        }
        if (report != null) {
            write(report, new Report(examination).text());
        }
        return examination.isHealthy() ? 0 : 1;
    }

    private Examination serving(Config config) {
        // Looked up before anything is started: a start makes the first operator, whose token nobody would see here.
        try (var database = Cairn.database(config)) {
            find(database);
        }
        try (var cairn = Cairn.start(config, App.clock())) {
            var found = find(cairn.database());
            return cairn.doctor().examine(found.tenant(), found.id());
        }
    }

    private Examination beside(Config config) {
        try (var database = Cairn.database(config);
                var outbound = new Outbound(config.allowLoopback(), Cairn.USER_AGENT)) {
            var clock = App.clock();
            var keys = new Keys(database, MasterKey.open(config.masterKey()), clock);
            var keySets = new KeySets(database, outbound, clock);
            var found = find(database);
            return new Doctor(database, keys, keySets, outbound, config.publicUrl(), clock)
                    .examine(found.tenant(), found.id());
        }
    }

    private Deployment find(Database database) {
        return database.inTransaction(named::find);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new Problem(
                    Problem.Kind.UNPROCESSABLE, "file_unwritable", "The file %s cannot be written.".formatted(file));
        }
    }
}
