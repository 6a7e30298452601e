package cloud.wuye.ledger;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The running transaction as the ledger's statements see it, whichever client it was begun with. Each parameter stands in a
 * {@code cast($1 as type)}, each row is one text.
 */
interface Books {
    Uni<List<String>> ask(String sql, Object... values);

    /** A connection of the plain client. */
    static Books on(SqlClient tx) {
        return (sql, values) -> tx.preparedQuery(sql)
                .execute(Tuple.from(bound(values)))
                .map(rows -> {
                    List<String> texts = new ArrayList<>(rows.size());
                    rows.forEach(row -> texts.add(row.getString(0)));
                    return texts;
                });
    }

    /**
     * The Hibernate session of the running {@code Db.write}. It knows no arrays of PostgreSQL's, so values travel as their texts
     * and the statement casts them.
     */
    static Books ofUnit() {
        return (sql, values) -> Panache.getSession().chain(session -> {
            var query = session.createNativeQuery(
                    sql.replaceAll("cast\\(\\$(\\d+) as", "cast(cast(?$1 as text) as"), String.class);
            for (int i = 0; i < values.length; i++) {
                query.setParameter(i + 1, text(values[i]));
            }
            return query.getResultList();
        });
    }

    private static Object[] bound(Object... values) {
        Object[] bound = values.clone();
        for (int i = 0; i < bound.length; i++) {
            if (bound[i] instanceof Instant instant) {
                bound[i] = instant.atOffset(ZoneOffset.UTC);
            }
        }
        return bound;
    }

    /** A value as PostgreSQL reads it; an array as its literal. */
    private static String text(Object value) {
        if (!value.getClass().isArray()) {
            return value.toString();
        }
        StringBuilder literal = new StringBuilder("{");
        for (int i = 0; i < Array.getLength(value); i++) {
            Object element = Array.get(value, i);
            literal.append(i == 0 ? "" : ",");
            if (element instanceof String words) {
                literal.append('"')
                        .append(words.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            } else if (element instanceof UUID || element instanceof Number) {
                literal.append(element);
            } else {
                literal.append(element == null ? "NULL" : "\"" + element + "\"");
            }
        }
        return literal.append('}').toString();
    }
}
