package cloud.wuye.platform.export;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** Use case: an export is not wanted any more. One under way is cancelled, one that came to an end is removed with its file. */
@ApplicationScoped
class DropExport {
    private final Exports exports;
    private final Audit audit;
    private final Db db;

    DropExport(Exports exports, Audit audit, Db db) {
        this.exports = exports;
        this.audit = audit;
        this.db = db;
    }

    /** NOT_FOUND when there is none that the caller may know of. */
    Uni<Void> drop(Caller caller, UUID id) {
        return db.writeSql(tx -> exports.locked(tx, caller, id)
                .onItem()
                .ifNull()
                .failWith(() -> new Problem(ProblemCode.NOT_FOUND, null, id))
                .call(found -> found.state().isOpen() ? exports.cancel(tx, id) : exports.remove(tx, id))
                .call(found -> audit.record(
                        tx,
                        caller,
                        found.state().isOpen() ? "export.cancel" : "export.remove",
                        RequestExport.SUBJECT,
                        id,
                        Map.of("list", found.list(), "state", found.state()),
                        null,
                        null))
                .replaceWithVoid());
    }
}
