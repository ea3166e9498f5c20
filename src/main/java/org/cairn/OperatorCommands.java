package org.cairn;

import java.util.concurrent.Callable;
import org.cairn.people.Operator;
import org.cairn.people.OperatorStore;
import org.cairn.people.TenantStore;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Those who run Cairn, at the command line: the way back in where nobody has a token any more. */
@Command(
        name = "operator",
        description = "Those who run Cairn.",
        mixinStandardHelpOptions = true,
        subcommands = {OperatorCommands.Add.class, OperatorCommands.Withdraw.class})
final class OperatorCommands {

    @Command(
            name = "add",
            description = "Adds an operator and prints her sign-in token, once.",
            mixinStandardHelpOptions = true)
    static final class Add implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Parameters(paramLabel = "NAME", description = "What she is called on the pages.")
        String name = "";

        @Option(
                names = "--tenant",
                paramLabel = "SLUG",
                description = "The one tenant that she runs (default: all of them).")
        @Nullable
        String tenant;

        @Override
        public Integer call() {
            if (name.isBlank() || name.length() > 255) {
                throw new Problem(Problem.Kind.MALFORMED, "name_malformed", "NAME has 1 to 255 characters.");
            }
            try (var database = Cairn.database(settings.config())) {
                System.out.println(database.inTransaction(db -> OperatorStore.add(
                                db, scope(db), name.strip(), App.clock().instant()))
                        .token());
            }
            return 0;
        }

        private @Nullable TenantId scope(DSLContext db) {
            if (tenant == null) {
                return null;
            }
            return TenantStore.find(db, tenant)
                    .orElseThrow(() -> new Problem(
                            Problem.Kind.NOT_FOUND, "tenant_unknown", "There is no tenant %s.".formatted(tenant)))
                    .id();
        }
    }

    @Command(
            name = "withdraw",
            description = "Withdraws every operator of this name, and signs her out.",
            mixinStandardHelpOptions = true)
    static final class Withdraw implements Callable<Integer> {

        @Mixin
        App.Settings settings = new App.Settings();

        @Parameters(paramLabel = "NAME")
        String name = "";

        @Override
        public Integer call() {
            try (var database = Cairn.database(settings.config())) {
                int withdrawn = database.inTransaction(db -> {
                    var operators = OperatorStore.named(db, name);
                    for (Operator operator : operators) {
                        OperatorStore.withdraw(db, operator, App.clock().instant());
                    }
                    return operators.size();
                });
                System.out.println(withdrawn + " withdrawn.");
                return withdrawn > 0 ? 0 : 1;
            }
        }
    }
}
