package cloud.wuye.ledger;

import org.eclipse.microprofile.graphql.Description;

/** A figure kept beside the lines for speed. */
@Description("A figure that the ledger keeps beside the lines for speed.")
public enum LedgerCache {
    @Description("The balance of an account.")
    BALANCE,
    @Description("What a kind of account moved, day by day.")
    DAY_TOTALS
}
