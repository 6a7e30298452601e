package cloud.wuye.device.metering.billing;

import static cloud.wuye.platform.db.Columns.utc;

import cloud.wuye.device.metering.account.CreditMoveKind;
import cloud.wuye.device.metering.account.Credits;
import cloud.wuye.device.metering.account.MeterAccount;
import cloud.wuye.ledger.Source;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.money.Money;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.tariff.rating.Fen;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * Makes the bill of an account whose counters and balance are held: the bill, its lines, the credit it settles, the entry in the
 * books, all in the caller's transaction.
 */
@ApplicationScoped
class IssueBill {
    private static final String ADD =
            """
            INSERT INTO meter_bill (tenant_id, id, number, run_id, point_id, device_id, commodity, customer_id, debtor_id, life_from,
              cut_at, from_at, until_at, estimated, register, quantity, energy_amount, service_amount, total_fen, brought_fen,
              payable_fen, carried_fen, issued_at, due_on, overdue_at, state, settled_at)
            SELECT $1::uuid, $2, $3, $4, $5::uuid, $6::uuid, $7, $8, $9::uuid, $10, $11, $12, $13::timestamptz, $14,
                   (SELECT r.value FROM meter_reading r WHERE r.tenant_id = $1 AND r.device_id = $6 AND r.register = 'TOTAL'
                      AND r.read_at = $13::timestamptz AND r.quality = 'VALID' ORDER BY r.event_id DESC LIMIT 1),
                   $15, $16, $17, $18::bigint, c.brought, greatest(0, $18::bigint + c.brought), least(0, $18::bigint + c.brought),
                   $19::timestamptz, $20, $21, CASE WHEN $18::bigint + c.brought > 0 THEN 'ISSUED' ELSE 'PAID' END,
                   CASE WHEN $18::bigint + c.brought > 0 THEN NULL ELSE $19::timestamptz END
            FROM (SELECT coalesce((SELECT CASE WHEN EXISTS (SELECT FROM meter_clear_record p WHERE p.tenant_id = $1 AND p.bill_id = b.id)
                                               THEN 0 ELSE b.carried_fen END
                                   FROM meter_bill b WHERE b.tenant_id = $1 AND b.point_id = $5 AND b.debtor_id = $9
                                   ORDER BY b.issued_at DESC, b.id DESC LIMIT 1), 0) AS brought) c
            RETURNING *""";
    private static final String ADD_LINE =
            """
            INSERT INTO meter_bill_line (tenant_id, bill_id, no, kind, of_until, version_id, tier, period, quantity, energy_price,
              service_price, energy_amount, service_amount, energy_fen, service_fen)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)""";
    /** What a bill has told the journal is not told again as usage. */
    private static final String TOLD =
            """
            UPDATE meter_balance SET unposted_quantity = unposted_quantity - $3, unposted_energy = unposted_energy - $4,
              unposted_service = unposted_service - $5, posted_at = $6
            WHERE tenant_id = $1 AND point_id = $2""";

    private static final long NUMBERS = 1_000_000_000_000L;

    private final MeterBills bills;
    private final BillBooks books;
    private final Credits credits;
    private final Clock clock;

    IssueBill(MeterBills bills, BillBooks books, Credits credits, Clock clock) {
        this.bills = bills;
        this.books = books;
        this.credits = credits;
        this.clock = clock;
    }

    /** Issues the bill of these lines. */
    Uni<MeterBill> issue(
            SqlConnection tx,
            BillingRun run,
            MeterAccount account,
            Standing standing,
            Instant until,
            List<BillLine> lines) {
        BigDecimal quantity = sum(lines, BillLine::quantity);
        BigDecimal energy = sum(lines, BillLine::energy);
        BigDecimal service = sum(lines, BillLine::service);
        List<BigDecimal> amounts = new ArrayList<>();
        lines.forEach(line -> {
            amounts.add(line.energy());
            amounts.add(line.service());
        });
        long total = Fen.total(amounts);
        return add(tx, run, account, standing, until, lines, quantity, energy, service, total)
                .call(bill -> addLines(tx, bill, lines, Fen.shares(amounts)))
                .call(bill -> credits.move(
                        tx,
                        new Credits.Wanted(
                                bill.tenantId,
                                bill.pointId,
                                CreditMoveKind.SETTLED,
                                energy.add(service),
                                0,
                                new Source("meter-bill", bill.id.toString(), "issued"),
                                run.by(),
                                bill.number)))
                .call(bill -> tx.preparedQuery(TOLD)
                        .execute(Tuple.of(bill.tenantId, bill.pointId, quantity, energy, service, utc(clock.now()))))
                .call(bill -> bills.tell(
                        tx,
                        List.of(new MeterBills.Happened(
                                bill, BillEventKind.ISSUED, bill.payableFen, null, run.by(), null))))
                .call(bill -> books.issued(tx, bill, energy, service, Money.ofFen(total), until));
    }

    private Uni<MeterBill> add(
            SqlConnection tx,
            BillingRun run,
            MeterAccount account,
            Standing standing,
            Instant until,
            List<BillLine> lines,
            BigDecimal quantity,
            BigDecimal energy,
            BigDecimal service,
            long total) {
        Instant now = clock.now();
        UUID id = Ids.next();
        LocalDate today = now.atZone(standing.zone()).toLocalDate();
        LocalDate due = today.plusDays(run.dueDays());
        return tx.preparedQuery(ADD)
                .execute(Tuple.from(new Object[] {
                    account.tenantId(),
                    id,
                    number(today, id),
                    run.id(),
                    account.pointId(),
                    standing.deviceId(),
                    account.commodity().name(),
                    account.customerId(),
                    account.customerId() == null ? account.pointId() : account.customerId(),
                    utc(standing.startsAt()),
                    utc(run.cutAt()),
                    utc(standing.from()),
                    utc(until),
                    lines.stream().anyMatch(line -> line.kind() == BillLineKind.ESTIMATED),
                    quantity,
                    energy,
                    service,
                    total,
                    utc(now),
                    due,
                    utc(due.plusDays(run.graceDays() + 1L)
                            .atStartOfDay(standing.zone())
                            .toInstant())
                }))
                .map(rows -> MeterBill.of(rows.iterator().next()));
    }

    private static Uni<Void> addLines(SqlConnection tx, MeterBill bill, List<BillLine> lines, List<Long> shares) {
        List<Tuple> rows = new ArrayList<>(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            BillLine line = lines.get(i);
            rows.add(Tuple.from(new Object[] {
                bill.tenantId,
                bill.id,
                i + 1,
                line.kind().name(),
                utc(line.ofUntil()),
                line.versionId(),
                line.tier(),
                line.period(),
                line.quantity(),
                line.energyPrice(),
                line.servicePrice(),
                line.energy(),
                line.service(),
                shares.get(2 * i),
                shares.get(2 * i + 1)
            }));
        }
        return tx.preparedQuery(ADD_LINE).executeBatch(rows).replaceWithVoid();
    }

    /** The day, and twelve digits of the id's random part. */
    private static String number(LocalDate day, UUID id) {
        return DateTimeFormatter.BASIC_ISO_DATE.format(day)
                + "%012d".formatted(Long.remainderUnsigned(id.getLeastSignificantBits(), NUMBERS));
    }

    private static BigDecimal sum(List<BillLine> lines, Function<BillLine, BigDecimal> value) {
        return lines.stream().map(value).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
