package cloud.wuye.device.metering.cutoff;

import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.Ids;
import cloud.wuye.platform.news.News;
import cloud.wuye.platform.news.NewsCode;
import cloud.wuye.platform.news.PersonNews;
import cloud.wuye.space.occupancy.Occupancies;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** Tells the residents whom it concerns what happened to a meter's credit: who is asked to pay for it, and who lives there. */
@ApplicationScoped
class TellOfCredit {
    private final News news;
    private final Residents residents;
    private final Occupancies occupancies;

    TellOfCredit(News news, Residents residents, Occupancies occupancies) {
        this.news = news;
        this.residents = residents;
        this.occupancies = occupancies;
    }

    /** In the transaction that makes it true; one word for each account that was looked at, the gravest. */
    Uni<Void> of(SqlConnection tx, List<Judgement> all, Instant now) {
        List<Judgement> some = all.stream().filter(each -> code(each) != null).toList();
        if (some.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<UUID> spaces =
                ids(some.stream().map(each -> each.facts().spaceId()).toList());
        List<UUID> customers =
                ids(some.stream().map(each -> each.facts().customerId()).toList());
        Map<UUID, List<UUID>> living = new HashMap<>();
        return occupancies
                .residentsOf(tx, spaces, now)
                .invoke(living::putAll)
                .chain(() -> residents.byIds(tx, customers))
                .flatMap(known -> {
                    Uni<Void> told = Uni.createFrom().voidItem();
                    for (Judgement each : some) {
                        Set<UUID> whom = new LinkedHashSet<>(
                                living.getOrDefault(each.facts().spaceId(), List.of()));
                        if (known.containsKey(each.facts().customerId())) {
                            whom.add(each.facts().customerId());
                        }
                        if (!whom.isEmpty()) {
                            told = told.chain(() -> tell(tx, each, new ArrayList<>(whom)));
                        }
                    }
                    return told;
                });
    }

    private Uni<Void> tell(SqlConnection tx, Judgement each, List<UUID> whom) {
        return news.tell(
                tx,
                each.facts().tenantId(),
                PersonNews.toResidents(
                        "credit/" + Ids.next(),
                        code(each),
                        whom,
                        each.facts().meterName(),
                        each.facts().credit().stripTrailingZeros().toPlainString()));
    }

    private static NewsCode code(Judgement each) {
        NewsCode gravest = null;
        for (Judgement.Event event : each.events()) {
            switch (event.kind()) {
                case LOW_CREDIT -> gravest = NewsCode.CREDIT_LOW;
                case EXHAUSTED -> gravest = NewsCode.CREDIT_EXHAUSTED;
                case HELD -> gravest = NewsCode.SUPPLY_HELD;
                case RESTORED -> gravest = NewsCode.SUPPLY_RESTORED;
                default -> {
                    // Why supply is spared is for staff.
                }
            }
        }
        return gravest;
    }

    private static List<UUID> ids(List<UUID> some) {
        return some.stream().filter(Objects::nonNull).distinct().toList();
    }
}
