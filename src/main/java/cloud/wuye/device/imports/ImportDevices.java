package cloud.wuye.device.imports;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;
import java.util.UUID;

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
                .map(plan -> report(true, encoding, sheet, plan, plan.devices().size(), 0, List.of()));
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
                .invoke(held -> refuseArchived(minted, held))
                .chain(() -> statements.insert(minted))
                .map(written -> {
                    List<ImportReport.Login> logins = minted.stream()
                            .filter(each -> written.contains(each.device().id()))
                            .map(ImportReport.Login::of)
                            .toList();
                    return report(false, encoding, sheet, plan, written.size(), minted.size() - written.size(), logins);
                })
                .call(report -> audit.record(
                        connection, caller, "device.import", "DeviceImport", Ids.next(), null, report.counts(), null));
    }

    /** A space was archived between the look-up and now: rare enough to start over. */
    private static void refuseArchived(List<Minted> minted, Set<UUID> held) {
        minted.stream()
                .filter(each -> each.device().spaceId() != null
                        && !held.contains(each.device().spaceId()))
                .findFirst()
                .ifPresent(each -> {
                    throw new Problem(
                            ProblemCode.SPACE_ARCHIVED,
                            ImportColumn.SPACE.heading(),
                            each.device().row().space());
                });
    }

    private static ImportReport report(
            boolean dryRun,
            String encoding,
            DeviceSheet sheet,
            ImportPlan plan,
            int registered,
            int overtaken,
            List<ImportReport.Login> logins) {
        int failed =
                (int) plan.errors().stream().mapToInt(RowError::row).distinct().count();
        return new ImportReport(
                dryRun,
                encoding,
                sheet.size(),
                registered,
                plan.unchanged() + overtaken,
                failed,
                plan.errors(),
                logins);
    }
}
