package cloud.wuye.leak;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;

import cloud.wuye.platform.db.Db;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;

/** What a company owns in the database: which rows, and a digest of each table to tell whether anything moved. */
final class Footprint {
    private final Db db;

    Footprint(Db db) {
        this.db = db;
    }

    /** Digest per table of all the company's rows. Of the outgoing messages, which move by themselves, only the dead ones. */
    TreeMap<String, String> digest(UUID tenant) {
        TreeMap<String, String> digests = new TreeMap<>();
        for (String table : tables()) {
            String still = table.equals("outbox_message") ? " and state = 'DEAD'" : "";
            digests.put(
                    table,
                    one("select coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') from " + table
                            + " t where tenant_id = '" + tenant + "'" + still));
        }
        return digests;
    }

    /** The first two ids of each of the company's tables, one of which may hold two kinds of thing: what an intruder would have guessed or overheard. */
    Set<String> ids(UUID tenant) {
        Set<String> ids = new TreeSet<>();
        for (String table : tables()) {
            if (hasColumn(table, "id")) {
                rows("select id::text from " + table + " where tenant_id = '" + tenant + "' order by id limit 2")
                        .forEach(row -> ids.add(row.getString(0)));
            }
        }
        ids.remove(tenant.toString());
        return ids;
    }

    /** The single value of a statement, as text; null when there is no row. */
    String one(String sql) {
        var rows = rows(sql).iterator();
        return rows.hasNext() ? String.valueOf(rows.next().getValue(0)) : null;
    }

    private boolean hasColumn(String table, String column) {
        return rows("select 1 from information_schema.columns where table_name = '" + table + "' and column_name = '"
                                + column + "'")
                        .size()
                > 0;
    }

    List<String> tables() {
        List<String> tables = new ArrayList<>();
        rows("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
                where c.relkind in ('r', 'p') and not c.relispartition and c.relnamespace = 'public'::regnamespace
                order by 1""")
                .forEach(row -> tables.add(row.getString(0)));
        return tables;
    }

    private RowSet<Row> rows(String sql) {
        try {
            return subscribeAndAwait(() -> db.acrossTenants("leak test", connection -> ask(connection, sql)));
        } catch (Throwable e) {
            throw new AssertionError(sql, e);
        }
    }

    private static Uni<RowSet<Row>> ask(io.vertx.mutiny.sqlclient.SqlConnection connection, String sql) {
        return connection.query(sql).execute();
    }
}
