package cloud.wuye.platform.export;

import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;
import java.util.Set;

/**
 * A list that can be exported; a feature makes a bean of this and {@link ExportLists} finds it.
 *
 * @param <F> what it can be filtered by: the input of the list's GraphQL query
 * @param <R> one line of it
 */
public interface ExportList<F, R> {
    /** Its name in requests: that of the GraphQL query that shows the same rows. */
    String name();

    /** How people call it; names the file and the sheet. */
    Words title();

    /** Whoever has one of these roles may take it: those of the query. */
    Set<String> roles();

    /** The filter's type, read from JSON and validated as GraphQL does it. */
    Class<F> filter();

    /** Refuses a filter that its type alone cannot judge, with a {@code Problem} whose field begins with {@code filter.}. */
    default void check(F filter) {}

    /** The statement of the rows that pass the filter: a new one each time, without order. */
    Select rows(F filter);

    /** The order, which must not change for a row once it is there: an export goes on after the last row it has. */
    Keyset order();

    /** Reads the lines after a cursor; a list whose statement has to know where it goes on does it its own way. */
    default Uni<Page<R>> read(SqlConnection tx, F filter, int rows, String after) {
        return rows(filter).chunk(tx, order(), rows, after, this::row);
    }

    /** A line as it came from the database. */
    R row(Row row);

    /** What stands in the file, left to right. */
    List<ExportColumn<R>> columns();
}
