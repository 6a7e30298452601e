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
import java.util.function.Function;

/** Use case: somebody fetches a file, or a piece of it. */
@ApplicationScoped
class TakeFile {
    private final Exports exports;
    private final ExportLists lists;
    private final Audit audit;
    private final Db db;

    TakeFile(Exports exports, ExportLists lists, Audit audit, Db db) {
        this.exports = exports;
        this.lists = lists;
        this.audit = audit;
        this.db = db;
    }

    /**
     * The export whose file may be fetched, and what of it is given; giving is written down.
     *
     * @param wanted null: nothing is given after all
     */
    record Given(Export export, ByteRange wanted) {}

    /**
     * NOT_FOUND when there is none that the caller may know of, FORBIDDEN when the list is not for the caller (any more),
     * ILLEGAL_STATE when there is no file.
     */
    Uni<Given> take(Caller caller, UUID id, Function<Export, ByteRange> range) {
        return db.writeSql(tx -> exports.find(tx, caller, id)
                .invoke(found -> require(caller, id, found))
                .map(found -> new Given(found, range.apply(found)))
                .call(given -> given.wanted() == null || given.wanted().isEmpty()
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                tx,
                                caller,
                                "export.download",
                                RequestExport.SUBJECT,
                                id,
                                null,
                                Map.of(
                                        "list", given.export().list(),
                                        "filter", given.export().filter(),
                                        "rows", given.export().rowsDone(),
                                        "range",
                                                given.wanted()
                                                        .shown(given.export().bytes())),
                                null)));
    }

    /** The parts of what was given. */
    ExportFile file(Given given) {
        Export export = given.export();
        return new ExportFile(given.wanted(), export.partBytes(), no -> db.forTenantSql(
                        export.tenantId(), tx -> exports.part(tx, export.id(), no))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("export " + export.id() + ": the file is gone")));
    }

    /** How people call the list of an export that was given. */
    Words title(Export export) {
        return lists.find(export.list()).orElseThrow().title();
    }

    private void require(Caller caller, UUID id, Export found) {
        if (found == null) {
            throw new Problem(ProblemCode.NOT_FOUND, null, id);
        }
        boolean may = lists.find(found.list())
                .filter(list -> list.roles().stream().anyMatch(caller::is))
                .isPresent();
        if (!may) {
            throw new Problem(ProblemCode.FORBIDDEN);
        }
        if (found.state() != ExportState.DONE) {
            throw new Problem(ProblemCode.ILLEGAL_STATE, null, found.state());
        }
    }
}
