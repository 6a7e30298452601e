package cloud.wuye.platform.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;

/**
 * An export as clients see it.
 *
 * @param rowsTotal absent until they are counted
 * @param rowLimit the most rows that an export may have
 * @param size bytes so far; of the file once it is there
 * @param sha256 of the whole file, once it is there
 * @param file where it can be fetched, once it is there
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ExportView(
        UUID id,
        String list,
        ExportFormat format,
        ExportLanguage language,
        ExportState state,
        int rowsDone,
        Integer rowsTotal,
        int rowLimit,
        long size,
        String sha256,
        Trouble problem,
        String requestedBy,
        Instant requestedAt,
        Instant finishedAt,
        Instant expiresAt,
        String file) {
    /** Why there will be no file. */
    @RegisterForReflection
    record Trouble(String code, String message) {}

    static ExportView of(Export export, int rowLimit, ExportLanguage reader) {
        boolean there = export.state() == ExportState.DONE;
        return new ExportView(
                export.id(),
                export.list(),
                export.format(),
                export.language(),
                export.state(),
                export.rowsDone(),
                export.rowsTotal(),
                rowLimit,
                export.bytes(),
                export.sha256(),
                export.problemCode() == null
                        ? null
                        : new Trouble(export.problemCode(), export.problem().in(reader)),
                export.requestedByName(),
                export.requestedAt(),
                export.finishedAt(),
                export.expiresAt(),
                there ? ExportResource.PATH + "/" + export.id() + "/file" : null);
    }
}
