package cloud.wuye.device.metering.account;

import cloud.wuye.schedule.Bell;
import cloud.wuye.schedule.SharedJob;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells the journal what was used. */
@ApplicationScoped
class PostUsageJob implements SharedJob {
    private final PostUsage post;

    PostUsageJob(PostUsage post) {
        this.post = post;
    }

    @Override
    public Bell bell() {
        return Bell.ACCOUNTS;
    }

    @Override
    public String name() {
        return "post-usage";
    }

    @Override
    public Uni<Integer> run() {
        return post.now();
    }
}
