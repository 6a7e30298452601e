package cloud.wuye.platform.export;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;

/**
 * An export as it stands in the database.
 *
 * @param lease names the run under way, or null
 * @param rowsTotal null until they are counted
 * @param problem why there will be no file, or null
 */
record Export(
        UUID id,
        UUID tenantId,
        String list,
        ExportFormat format,
        ExportLanguage language,
        String filter,
        ZoneId zone,
        String requestedBy,
        String requestedByName,
        Instant requestedAt,
        ExportState state,
        UUID lease,
        int rowsDone,
        Integer rowsTotal,
        long bytes,
        int partBytes,
        String sha256,
        String problemCode,
        Words problem,
        Instant finishedAt,
        Instant expiresAt) {
    static final String COLUMNS = "id, tenant_id, list, format, language, filter::text as filter, zone, requested_by,"
            + " requested_by_name, requested_at, state, lease, rows_done, rows_total, bytes, part_bytes, sha256,"
            + " problem_code, problem_zh, problem_en, finished_at, expires_at";

    static Export of(Row row) {
        return new Export(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                row.getString("list"),
                ExportFormat.valueOf(row.getString("format")),
                ExportLanguage.valueOf(row.getString("language")),
                row.getString("filter"),
                ZoneId.of(row.getString("zone")),
                row.getString("requested_by"),
                row.getString("requested_by_name"),
                row.getOffsetDateTime("requested_at").toInstant(),
                ExportState.valueOf(row.getString("state")),
                row.getUUID("lease"),
                row.getInteger("rows_done"),
                row.getInteger("rows_total"),
                row.getLong("bytes"),
                row.getInteger("part_bytes"),
                row.getString("sha256"),
                row.getString("problem_code"),
                new Words(row.getString("problem_zh"), row.getString("problem_en")),
                instant(row, "finished_at"),
                instant(row, "expires_at"));
    }
}
