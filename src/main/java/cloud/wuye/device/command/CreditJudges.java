package cloud.wuye.device.command;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

/** Judge changes of a meter's credit of unknown outcome by the purchase that a {@code state.read} shows. */
class CreditJudges {
    @Produces
    @ApplicationScoped
    OutcomeJudge added() {
        return new ByPurchase(CreditOps.ADD.name());
    }

    @Produces
    @ApplicationScoped
    OutcomeJudge set() {
        return new ByPurchase(CreditOps.SET.name());
    }

    /** The meter's last purchase is this one, an earlier one, or another that has taken this one's number or came later. */
    record ByPurchase(String op) implements OutcomeJudge {
        @Override
        public Verdict judge(JsonNode args, JsonNode read) {
            CreditStanding standing = CreditStanding.of(read);
            if (standing.purchase() == null) {
                return Verdict.UNCLEAR;
            }
            long number = args.path("purchase").longValue();
            if (standing.purchase() < number) {
                return Verdict.NOT_DONE;
            }
            boolean itsOwn =
                    standing.purchase() == number && args.path("order").asText().equals(standing.order());
            return itsOwn ? Verdict.DONE : Verdict.UNCLEAR;
        }
    }
}
