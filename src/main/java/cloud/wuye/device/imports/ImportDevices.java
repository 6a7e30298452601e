package cloud.wuye.device.imports;

import cloud.wuye.device.registry.DeviceKind;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Registers the devices of a file. Rows with an error are left out and reported, the others are written in one
 * transaction; a device that is already there is left alone, so that a file may be mended and sent again as a whole.
 */
@ApplicationScoped
class ImportDevices {
    private final Db db;
    private final Audit audit;
    private final Clock clock;

    ImportDevices(Db db, Audit audit, Clock clock) {
        this.db = db;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<ImportReport> dryRun(Caller caller, DeviceSheet sheet, String encoding) {
        return plan(caller, sheet)
                .map(plan -> report(
                        true,
                        encoding,
                        sheet,
                        plan.unchanged(),
                        plan.errors(),
                        plan.devices().size(),
                        List.of()));
    }

    Uni<ImportReport> run(Caller caller, DeviceSheet sheet, String encoding) {
        return plan(caller, sheet)
                // Ten thousand hashes are seconds of work: neither on an event loop nor inside the transaction.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .chain(plan -> {
                    List<Minted> minted =
                            plan.devices().stream().map(Minted::of).toList();
                    return db.forTenantSql(
                            caller.requireTenant(),
                            connection -> write(connection, caller, sheet, encoding, plan, minted));
                });
    }

    private Uni<ImportPlan> plan(Caller caller, DeviceSheet sheet) {
        return db.forTenantSql(caller.requireTenant(), connection -> Lookup.of(connection, sheet.rows()))
                .map(lookup -> ImportPlan.of(sheet, lookup));
    }

    private Uni<ImportReport> write(
            SqlConnection connection,
            Caller caller,
            DeviceSheet sheet,
            String encoding,
            ImportPlan plan,
            List<Minted> minted) {
        ImportStatements statements = new ImportStatements(connection, caller.requireTenant(), clock.now());
        return statements
                .hold(minted)
                .map(LostMeanwhile::new)
                .flatMap(lost -> insert(statements, minted, lost)
                        .map(written -> report(encoding, sheet, plan, minted, written, lost.errors())))
                .call(report -> audit.record(
                        connection, caller, "device.import", "DeviceImport", Ids.next(), null, report.counts(), null));
    }

    /** Gateways first: another may have registered one meanwhile, and what hangs on ours would hang on nothing. */
    private static Uni<Set<UUID>> insert(ImportStatements statements, List<Minted> minted, LostMeanwhile lost) {
        Map<Boolean, List<Minted>> placed = lost.withSpace(minted).stream()
                .collect(Collectors.partitioningBy(each -> each.device().row().kind() == DeviceKind.GATEWAY));
        return statements.insert(placed.get(true)).invoke(lost::stands).flatMap(written -> statements
                .insert(lost.withGateway(placed.get(false)))
                .invoke(written::addAll)
                .replaceWith(written));
    }

    private static ImportReport report(
            String encoding,
            DeviceSheet sheet,
            ImportPlan plan,
            List<Minted> minted,
            Set<UUID> written,
            List<RowError> lost) {
        List<ImportReport.Login> logins = minted.stream()
                .filter(each -> written.contains(each.device().id()))
                .map(ImportReport.Login::of)
                .toList();
        List<RowError> errors = Stream.concat(plan.errors().stream(), lost.stream())
                .sorted(Comparator.comparingInt(RowError::row))
                .toList();
        int overtaken = minted.size() - written.size() - lost.size();
        return report(false, encoding, sheet, plan.unchanged() + overtaken, errors, written.size(), logins);
    }

    private static ImportReport report(
            boolean dryRun,
            String encoding,
            DeviceSheet sheet,
            int unchanged,
            List<RowError> errors,
            int registered,
            List<ImportReport.Login> logins) {
        int failed = (int) errors.stream().mapToInt(RowError::row).distinct().count();
        return new ImportReport(dryRun, encoding, sheet.size(), registered, unchanged, failed, errors, logins);
    }
}
