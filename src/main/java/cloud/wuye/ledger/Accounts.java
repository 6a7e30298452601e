package cloud.wuye.ledger;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.InstantRangeInput;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.StreamSupport;

/** Questions about the books; each is one statement. */
@ApplicationScoped
class Accounts {
    private static final String BALANCES =
            "SELECT a.account, a.subject, a.balance FROM (SELECT account, subject, sum(amount) AS balance"
                    + " FROM ledger_balance GROUP BY account, subject) a";

    /**
     * A page and, from the same snapshot, how the account stood before its earliest line: what the days before moved (a company's own
     * account is the only one of its kind), and the lines of that day from the index. An account with a subject has few lines:
     * all of them from the index.
     */
    static final String STATEMENT =
            """
            WITH page AS MATERIALIZED (
              SELECT l.posted_at, l.entry_id, l.no, l.amount FROM journal_line l
              WHERE l.account = $1 AND l.subject = $2%s ORDER BY %s LIMIT %s
            ), edge AS MATERIALIZED (
              SELECT posted_at, entry_id, no, cast(posted_at AT TIME ZONE 'UTC' as date) AS day
              FROM page ORDER BY posted_at, entry_id, no LIMIT 1
            ), before AS MATERIALIZED (
              SELECT (SELECT coalesce(sum(d.debit - d.credit), 0) FROM ledger_day d
                      WHERE $3 AND d.account = $1 AND d.day < (SELECT day FROM edge))
                   + (SELECT coalesce(sum(b.amount), 0) FROM journal_line b
                      WHERE b.account = $1 AND b.subject = $2
                        AND b.posted_at >= (SELECT CASE WHEN $3 THEN cast(day as timestamp) AT TIME ZONE 'UTC' ELSE '-infinity' END FROM edge)
                        AND (b.posted_at, b.entry_id, b.no) < (SELECT posted_at, entry_id, no FROM edge)) AS amount
            )
            SELECT l.*, e.source_type, e.source_id, e.kind, e.occurred_at, e.memo, e.reverses,
                   (SELECT amount FROM before) + sum(l.amount) OVER (ORDER BY l.posted_at, l.entry_id, l.no) AS balance
            FROM page l JOIN journal_entry e ON e.id = l.entry_id ORDER BY %s""";

    static final String TRIAL =
            """
            SELECT account, sum(debit) AS debit, sum(credit) AS credit FROM (
              SELECT d.account, d.debit, d.credit FROM ledger_day d WHERE d.day < $1
              UNION ALL
              SELECT l.account, greatest(l.amount, 0), greatest(-l.amount, 0) FROM journal_line l
              WHERE l.posted_at >= $2 AND l.posted_at < $3) moved
            GROUP BY account""";

    private static final String PROOF = "SELECT proven_at, full_at, full_wanted_at, lines FROM ledger_proof";
    private static final String DIFFERENCES =
            "SELECT id, cache, account, subject, cached, summed, found_at, seen_at FROM ledger_difference";

    private final Db db;

    Accounts(Db db) {
        this.db = db;
    }

    /** The accounts that were ever posted to. */
    Uni<Page<LedgerAccountView>> page(LedgerAccountFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(connection -> Select.of(BALANCES)
                .in("a.account", filter.kinds())
                .eq("a.subject", filter.subjectId())
                .page(connection, order, page, LedgerAccountView::of));
    }

    /** The lines of one account with its balance after each. */
    Uni<Page<LedgerLineView>> statement(Account account, LedgerLineFilterInput filter, Keyset order, PageInput page) {
        return db.readSql(
                connection -> statement(connection, account, filter.postedAt(), order, page.first(), page.after()));
    }

    /** The same within the caller's transaction: up to so many lines after a cursor of this order. */
    static Uni<Page<LedgerLineView>> statement(
            SqlConnection connection,
            Account account,
            InstantRangeInput postedAt,
            Keyset order,
            int first,
            String after) {
        List<Object> values = new ArrayList<>(List.of(
                account.kind().name(), account.subject(), !account.kind().hasSubject()));
        StringBuilder conditions = new StringBuilder();
        if (postedAt != null && postedAt.from() != null) {
            conditions.append(" AND l.posted_at >= ").append(bind(values, utc(postedAt.from())));
        }
        if (postedAt != null && postedAt.to() != null) {
            conditions.append(" AND l.posted_at < ").append(bind(values, utc(postedAt.to())));
        }
        if (after != null) {
            conditions.append(" AND ").append(order.after(after, value -> bind(values, value)));
        }
        String limit = bind(values, first + 1);
        String sql = STATEMENT.formatted(conditions, order.orderBy(), limit, order.orderBy());
        return connection
                .preparedQuery(sql)
                .execute(Tuple.from(values))
                .map(rows -> cut(rows, order, first, after != null));
    }

    /** How every kind stood at an instant, in the order of the kinds. */
    Uni<TrialBalanceView> trialBalance(Instant at) {
        OffsetDateTime until = utc(at);
        OffsetDateTime midnight = until.toLocalDate().atStartOfDay().atOffset(ZoneOffset.UTC);
        return db.readSql(connection -> connection
                .preparedQuery(TRIAL)
                .execute(Tuple.of(until.toLocalDate(), midnight, until))
                .map(rows -> TrialBalanceView.of(
                        at,
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(Accounts::trialRow)
                                .sorted(Comparator.comparing(TrialBalanceRowView::kind))
                                .toList())));
    }

    /** How far the books are proven. */
    Uni<LedgerProofView> proof() {
        return db.readSql(connection -> Select.of(DIFFERENCES)
                .where("gone_at IS NULL")
                .list(connection, "ORDER BY found_at DESC, id LIMIT 200", LedgerDifferenceView::of)
                .chain(differences -> connection
                        .query(PROOF)
                        .execute()
                        .map(rows -> LedgerProofView.of(
                                rows.size() == 0 ? null : rows.iterator().next(), differences))));
    }

    private static TrialBalanceRowView trialRow(Row row) {
        AccountKind kind = AccountKind.valueOf(row.getString("account"));
        return new TrialBalanceRowView(
                kind,
                kind.unit(),
                row.getBigDecimal("debit"),
                row.getBigDecimal("credit"),
                row.getBigDecimal("debit").subtract(row.getBigDecimal("credit")));
    }

    private static Page<LedgerLineView> cut(RowSet<Row> rows, Keyset order, int first, boolean after) {
        List<LedgerLineView> lines = new ArrayList<>();
        List<String> cursors = new ArrayList<>();
        for (Row row : rows) {
            if (lines.size() == first) {
                break;
            }
            lines.add(LedgerLineView.of(row));
            cursors.add(order.cursor(row));
        }
        return new Page<>(lines, cursors, rows.size() > first, after);
    }

    private static String bind(List<Object> values, Object value) {
        values.add(value);
        return "$" + values.size();
    }
}
