package cloud.wuye.space.occupancy;

import cloud.wuye.platform.time.Clock;
import cloud.wuye.space.SpaceUse;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** A space stays in use while somebody lives or works in it, or is about to. */
@ApplicationScoped
class ResidentsInSpace implements SpaceUse {
    private static final String ANY =
            "select exists (select 1 from occupancy where space_id = ?1 and" + " (until is null or until > ?2))";

    private final Clock clock;

    ResidentsInSpace(Clock clock) {
        this.clock = clock;
    }

    @Override
    public String what() {
        return "residents";
    }

    @Override
    public Uni<Boolean> occupies(UUID spaceId) {
        return Panache.getSession().chain(session -> session.createNativeQuery(ANY, Boolean.class)
                .setParameter(1, spaceId)
                .setParameter(2, clock.now())
                .getSingleResult());
    }
}
