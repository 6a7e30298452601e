package cloud.wuye.platform.export;

import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** Use case: takes what waits to be exported and sees it to its end; removes files whose time is over. */
@ApplicationScoped
public class RunExports {
    private static final Logger LOG = Logger.getLogger(RunExports.class);

    private final Exports exports;
    private final ExportLists lists;
    private final WriteExport write;
    private final ExportConfig config;
    private final Db db;
    private final AtomicInteger running = new AtomicInteger();

    RunExports(Exports exports, ExportLists lists, WriteExport write, ExportConfig config, Db db) {
        this.exports = exports;
        this.lists = lists;
        this.write = write;
        this.config = config;
        this.db = db;
    }

    /**
     * Begins what waits, as far as there is room on this replica, and does not wait for its end: a tick that lasted as long as
     * an export would keep the other replicas' ticks back.
     *
     * @return how many were begun, given up or expired
     */
    public Uni<Integer> begin() {
        return db.acrossTenants("files whose time is over", exports::expire)
                .chain(gone -> db.acrossTenants(
                                "exports that never end",
                                tx -> exports.giveUp(tx, new Problem(ProblemCode.UNAVAILABLE)))
                        .map(given -> gone + given))
                .chain(ended ->
                        take().invoke(taken -> taken.forEach(this::runBehind)).map(taken -> ended + taken.size()));
    }

    /** The same, and waits for the end of what it began. */
    Uni<Integer> runAll() {
        return take().chain(taken -> taken.isEmpty()
                ? Uni.createFrom().item(0)
                : Uni.join()
                        .all(taken.stream().map(this::run).toList())
                        .andFailFast()
                        .map(List::size));
    }

    private Uni<List<Export>> take() {
        int room = config.perReplica() - running.get();
        return room <= 0
                ? Uni.createFrom().item(List.of())
                : db.acrossTenants("exports that wait", tx -> exports.take(tx, lists.names(), room));
    }

    private void runBehind(Export taken) {
        run(taken)
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.errorf(failure, "export %s: its end could not be written", taken.id()));
    }

    private Uni<Void> run(Export taken) {
        running.incrementAndGet();
        return Uni.createFrom()
                .deferred(() -> write.write(taken, lists.find(taken.list()).orElseThrow()))
                .onFailure()
                .recoverWithUni(failure -> ended(taken, failure))
                .onTermination()
                .invoke(running::decrementAndGet);
    }

    private Uni<Void> ended(Export run, Throwable failure) {
        if (failure instanceof WriteExport.LeaseLost) {
            LOG.info(failure.getMessage());
            return Uni.createFrom().voidItem();
        }
        if (DatabaseTrouble.isAway(failure) || DatabaseTrouble.isContention(failure)) {
            // The lease runs out, and whoever is there then begins anew.
            LOG.warnf(failure, "export %s: interrupted", run.id());
            return Uni.createFrom().voidItem();
        }
        Problem problem = failure instanceof Problem foreseen ? foreseen : new Problem(ProblemCode.INTERNAL);
        if (problem.code() == ProblemCode.INTERNAL) {
            LOG.errorf(failure, "export %s failed", run.id());
        }
        return db.forTenantSql(run.tenantId(), tx -> exports.failed(tx, run, problem));
    }
}
