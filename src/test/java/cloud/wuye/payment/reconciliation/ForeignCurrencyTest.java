package cloud.wuye.payment.reconciliation;

import static io.quarkus.vertx.VertxContextSupport.subscribeAndAwait;
import static org.junit.jupiter.api.Assertions.assertEquals;

import cloud.wuye.ledger.TestBooks;
import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.order.PayBy;
import cloud.wuye.payment.order.PayingCompany;
import cloud.wuye.payment.order.PaymentEvidence;
import cloud.wuye.payment.order.RecordPayment;
import cloud.wuye.payment.order.TestOrders;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import cloud.wuye.testing.Graph;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestTenant;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of a payment in another currency a person is told, and of no yuan. */
@QuarkusTest
class ForeignCurrencyTest {
    private static final LocalDate DAY = LocalDate.now(ChannelKind.WECHAT_PAY.zone());

    @Inject
    TestOrders orders;

    @Inject
    TestBooks books;

    @Inject
    TestDays days;

    @Inject
    FetchBills fetch;

    @Inject
    MatchBills match;

    @Inject
    RecordPayment record;

    @Inject
    Db db;

    @Inject
    Clock clock;

    private PayingCompany payer;
    private TestTenant company;
    private SimulatedPayments channel;

    @BeforeEach
    void companyWithAChannel() {
        payer = PayingCompany.at(clock, DAY + "T12:00");
        company = payer.company;
        channel = payer.channel;
    }

    @AfterEach
    void rightTime() {
        payer.end();
    }

    @Test
    void anotherCurrencyIsADifferenceWithoutFen() throws Throwable {
        UUID order = orders.placed(company);
        String number = orders.prepaid(company, order);
        channel.pay(number, "notices", 0);
        at(DAY.plusDays(1), "10:00");
        ReconciliationRun run = days.begun(company, DAY);
        subscribeAndAwait(() -> fetch.fetch(run));
        PaymentEvidence evidence = new PaymentEvidence(
                PayBy.WECHAT, number, inDollars(number), 5030, "USD", true, PayingCompany.moment(DAY + "T12:00"));
        subscribeAndAwait(() -> record.record(company.id(), evidence));
        subscribeAndAwait(() -> match.match(run));

        JsonPath told = Graph.as(company.finance())
                .ask("{d:reconciliationDifferences{nodes{kind number state channelState channelFen ownFen}}"
                        + " r:reconciliationRuns{nodes{channelPaidFen ownPaidFen}}}");
        assertEquals(List.of("STATE_DIFFERS"), told.getList("d.nodes.kind"));
        assertEquals(List.of(number), told.getList("d.nodes.number"));
        assertEquals(List.of("OPEN"), told.getList("d.nodes.state"));
        assertEquals(List.of("SUCCESS USD"), told.getList("d.nodes.channelState"));
        assertEquals(List.of("0"), told.getList("d.nodes.channelFen"));
        assertEquals(List.of("0"), told.getList("d.nodes.ownFen"));
        assertEquals(List.of("0"), told.getList("r.nodes.channelPaidFen"));
        assertEquals(List.of("0"), told.getList("r.nodes.ownPaidFen"));
        assertEquals("0.00", books.balance(company, "SUSPENSE", null));
    }

    /** The fetched bill's row of a payment, as if it had been in dollars; gives the channel's number of it. */
    private String inDollars(String number) throws Throwable {
        return subscribeAndAwait(() -> db.forTenantSql(company.id(), tx -> tx.preparedQuery(
                        "UPDATE bill_trade SET currency = 'USD' WHERE number = $1 RETURNING transaction_id")
                .execute(Tuple.of(number))
                .map(rows -> rows.iterator().next().getString(0))));
    }

    private void at(LocalDate day, String time) {
        payer.at(day + "T" + time);
    }
}
