package cloud.wuye.ledger;

import cloud.wuye.platform.db.Unit;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Where facts are posted: the one way into the books. It works inside the caller's transaction, with its roll-back nothing was
 * posted. README.md tells the rules.
 */
@ApplicationScoped
public class Ledger {
    private static final String POST = Statement.named("post");
    private static final String POSTED_MEANWHILE = Statement.named("posted-meanwhile");
    private static final String LINES =
            """
            SELECT l.account || ' ' || l.subject || ' ' || l.amount FROM journal_line l
            WHERE l.tenant_id = cast($1 as uuid) AND l.entry_id = cast($2 as uuid) ORDER BY l.no""";

    private final Clock clock;

    Ledger(Clock clock) {
        this.clock = clock;
    }

    /**
     * Posts a batch inside a {@code Db.write} or {@code Db.forTenant}.
     *
     * @return what became of each, in the order given
     * @throws Problem (as failure) LEDGER_CONFLICT if a source stands in the books with other content; nothing of the batch
     *     must be committed then
     */
    public Uni<List<Posting>> post(List<Entry> entries) {
        UUID tenantId = Unit.required().tenantId();
        if (entries.stream().anyMatch(entry -> !entry.tenantId().equals(tenantId))) {
            throw new IllegalArgumentException("a unit of work serves one tenant");
        }
        return post(Books.ofUnit(), entries);
    }

    /** The same on a connection of the plain client; with one that sees across tenants, for any tenants. */
    public Uni<List<Posting>> post(SqlClient tx, List<Entry> entries) {
        return post(Books.on(tx), entries);
    }

    /**
     * Posts the opposite of an entry inside a {@code Db.write} or {@code Db.forTenant}.
     *
     * @param source of the reversal itself
     * @throws Problem (as failure) NOT_FOUND if there is no such entry, LEDGER_CONFLICT if it was reversed from another source
     */
    public Uni<Posting> reverse(UUID entryId, Source source, Instant occurredAt, String memo) {
        return reverse(Books.ofUnit(), Unit.required().tenantId(), entryId, source, occurredAt, memo);
    }

    /** The same on a connection of the plain client. */
    public Uni<Posting> reverse(
            SqlClient tx, UUID tenantId, UUID entryId, Source source, Instant occurredAt, String memo) {
        return reverse(Books.on(tx), tenantId, entryId, source, occurredAt, memo);
    }

    private Uni<List<Posting>> post(Books books, List<Entry> entries) {
        if (entries.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Batch batch = new Batch(entries);
        return books.ask(POST, batch.columns(clock.now()))
                .chain(outcomes -> withThosePostedMeanwhile(books, batch, outcomes))
                .map(batch::postings);
    }

    private static Uni<List<String>> withThosePostedMeanwhile(Books books, Batch batch, List<String> outcomes) {
        List<Integer> unseen = IntStream.range(0, outcomes.size())
                .filter(i -> outcomes.get(i) == null)
                .boxed()
                .toList();
        if (unseen.isEmpty()) {
            return Uni.createFrom().item(outcomes);
        }
        return books.ask(POSTED_MEANWHILE, batch.sources(unseen)).map(found -> {
            List<String> all = new ArrayList<>(outcomes);
            for (int i = 0; i < unseen.size(); i++) {
                all.set(unseen.get(i), found.get(i));
            }
            return all;
        });
    }

    private Uni<Posting> reverse(
            Books books, UUID tenantId, UUID entryId, Source source, Instant occurredAt, String memo) {
        return books.ask(LINES, tenantId, entryId).chain(lines -> {
            if (lines.isEmpty()) {
                throw new Problem(ProblemCode.NOT_FOUND, "entryId", entryId);
            }
            Entry.Builder opposite =
                    Entry.of(tenantId, source).occurredAt(occurredAt).memo(memo).reverses(entryId);
            for (String line : lines) {
                String[] words = line.split(" ");
                opposite.credit(
                        Account.of(AccountKind.valueOf(words[0]), UUID.fromString(words[1])), new BigDecimal(words[2]));
            }
            return post(books, List.of(opposite.build()))
                    .onFailure(ReversedOnce::violated)
                    .transform(twice -> new Problem(ProblemCode.LEDGER_CONFLICT, "entryId", source))
                    .map(postings -> postings.get(0));
        });
    }
}
