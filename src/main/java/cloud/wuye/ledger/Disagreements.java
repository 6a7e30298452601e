package cloud.wuye.ledger;

import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Where proofs of other features write down what disagrees, to be shown and counted with what the ledger's own proof found. Nothing
 * is mended by it.
 */
@ApplicationScoped
public class Disagreements {
    private static final Logger LOG = Logger.getLogger(Disagreements.class);
    private static final int EXAMPLES = 10;

    private static final String KEEP =
            """
            WITH found AS (
              SELECT * FROM unnest($2::uuid[], $3::text[], $4::uuid[], $5::numeric[], $6::numeric[])
                AS f (tenant_id, account, subject, cached, summed)
            ), kept AS (
              INSERT INTO ledger_difference AS d (tenant_id, cache, account, subject, cached, summed, found_at, seen_at)
              SELECT tenant_id, $1, account, subject, cached, summed, $9, $9 FROM found ORDER BY tenant_id, subject
              ON CONFLICT (tenant_id, cache, account, subject) WHERE gone_at IS NULL
              DO UPDATE SET cached = excluded.cached, summed = excluded.summed, seen_at = excluded.seen_at
            )
            UPDATE ledger_difference d SET gone_at = $9
            FROM unnest($7::uuid[], $8::uuid[]) AS p (tenant_id, subject)
            WHERE d.tenant_id = p.tenant_id AND d.subject = p.subject AND d.cache = $1 AND d.gone_at IS NULL
              AND NOT EXISTS (SELECT FROM found f
                              WHERE f.tenant_id = d.tenant_id AND f.account = d.account AND f.subject = d.subject)""";

    private final Clock clock;

    Disagreements(Clock clock) {
        this.clock = clock;
    }

    /**
     * What was held against each other.
     *
     * @param account whose figure it is; that of the company where it has no subject
     * @param cached the figure that is kept
     * @param summed what it should be
     */
    public record Proven(UUID tenantId, Account account, BigDecimal cached, BigDecimal summed) {
        boolean differs() {
            return cached.compareTo(summed) != 0;
        }
    }

    /** Writes down what disagrees of these; what did so before and does not now is gone. Gives how many disagree. */
    public Uni<Integer> keep(SqlConnection tx, LedgerCache cache, Collection<Proven> proven) {
        if (proven.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        List<Proven> all = List.copyOf(proven);
        List<Proven> found = all.stream().filter(Proven::differs).toList();
        if (!found.isEmpty()) {
            LOG.errorf(
                    "%s disagrees in %d places: %s",
                    cache, found.size(), found.subList(0, Math.min(found.size(), EXAMPLES)));
        }
        return tx.preparedQuery(KEEP)
                .execute(Tuple.from(new Object[] {
                    cache.name(),
                    found.stream().map(Proven::tenantId).toArray(UUID[]::new),
                    found.stream().map(each -> each.account().kind().name()).toArray(String[]::new),
                    found.stream().map(each -> each.account().subject()).toArray(UUID[]::new),
                    found.stream().map(Proven::cached).toArray(BigDecimal[]::new),
                    found.stream().map(Proven::summed).toArray(BigDecimal[]::new),
                    all.stream().map(Proven::tenantId).toArray(UUID[]::new),
                    all.stream().map(each -> each.account().subject()).toArray(UUID[]::new),
                    clock.now().atOffset(ZoneOffset.UTC)
                }))
                .replaceWith(found.size());
    }
}
