package cloud.wuye.bench;

import cloud.wuye.bench.BenchPlant.Company;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.testing.SimulatedPayments;
import cloud.wuye.testing.TestIssuer;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/** Those who use the service all day: staff who look at pages of meters, and a resident who tops meters up. */
final class SoakPeople implements AutoCloseable {
    private static final String RESIDENT = "sun";
    private static final String PAGE =
            """
            query($n:Int!){meters(first:$n,sort:NAME){nodes{id name connectivity balance{credit} latestReading{value readAt}} pageInfo{hasNextPage}}}""";
    private static final String TOP_UP = "mutation($d:ID!,$f:Long!){t:topUpMyMeter(deviceId:$d amountFen:$f){orderId}}";
    private static final String PAY = "mutation($o:ID!,$m:PrepayMethod!){p:payMyTopUp(orderId:$o method:$m){qrCode}}";

    private final BenchPlant plant;
    private final GraphClient graph;
    private final SimulatedPayments channel;
    private final List<Thread> threads = new ArrayList<>();
    private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();
    private final AtomicLong paid = new AtomicLong();
    private volatile boolean done;

    SoakPeople(BenchPlant plant, GraphClient graph, SimulatedPayments channel) {
        this.plant = plant;
        this.graph = graph;
        this.channel = channel;
    }

    /** Registers the resident of a company who pays for its meters; the id. */
    String register(Company company) throws Exception {
        String id = graph.ask(
                        company.as("qian", Roles.FINANCE),
                        "mutation{r:registerResident(input:{name:\"sun\" kind:MEMBER}){resident{id}}}",
                        new JsonObject())
                .getJsonObject("r")
                .getJsonObject("resident")
                .getString("id");
        plant.cross(
                "UPDATE resident SET username = ?, subject = ? WHERE id = ?",
                RESIDENT,
                TestIssuer.subject(company.code(), RESIDENT),
                UUID.fromString(id));
        return id;
    }

    /** So many who read, each a page of another company every so many milliseconds. */
    void read(int readers, long every) {
        for (int i = 0; i < readers; i++) {
            forEver("reader-" + i, every, () -> {
                Company company =
                        plant.companies.get(ThreadLocalRandom.current().nextInt(plant.companies.size()));
                long begun = System.nanoTime();
                graph.ask(company.token(), PAGE, new JsonObject().put("n", 50));
                nanos.add(System.nanoTime() - begun);
            });
        }
    }

    /** Tops up a meter of the company, one after another, each paid at the channel. */
    void topUp(Company company, List<UUID> meters, long every) {
        forEver("payer", every, () -> {
            String payer = company.as(RESIDENT, Roles.RESIDENT);
            UUID meter = meters.get((int) (paid.get() % meters.size()));
            String order = graph.ask(
                            payer,
                            TOP_UP,
                            new JsonObject().put("d", meter.toString()).put("f", 1000 + paid.get() % 7))
                    .getJsonObject("t")
                    .getString("orderId");
            graph.ask(payer, PAY, new JsonObject().put("o", order).put("m", "QR"));
            channel.pay(plant.one("SELECT number FROM payment_attempt WHERE order_id = '" + order + "'"));
            paid.incrementAndGet();
        });
    }

    private interface Act {
        void once() throws Exception;
    }

    private void forEver(String name, long every, Act act) {
        Thread thread = new Thread(
                () -> {
                    while (!done) {
                        try {
                            act.once();
                            Thread.sleep(every);
                        } catch (InterruptedException e) {
                            return;
                        } catch (Exception e) {
                            // What is refused is a finding, told at the end; the others go on.
                            refusals.add(name + ": " + e);
                        }
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /** Delays of the pages read since the last call, in milliseconds, sorted. */
    double[] delays() {
        List<Long> taken = new ArrayList<>();
        for (Long one = nanos.poll(); one != null; one = nanos.poll()) {
            taken.add(one);
        }
        return taken.stream().mapToDouble(n -> n / 1e6).sorted().toArray();
    }

    long paid() {
        return paid.get();
    }

    /** What anybody was refused. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Lets each finish what it is about. */
    @Override
    public void close() {
        done = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** The meters of a company, by serial number. */
    static List<UUID> meters(BenchPlant plant, Company company) throws SQLException {
        return plant
                .column("SELECT id FROM device WHERE tenant_id = '" + company.id() + "' ORDER BY serial_no")
                .stream()
                .map(UUID::fromString)
                .toList();
    }
}
