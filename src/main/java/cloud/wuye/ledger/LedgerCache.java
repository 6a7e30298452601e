package cloud.wuye.ledger;

import org.eclipse.microprofile.graphql.Description;

/** A figure kept for speed, or in another list, beside what it is made of. */
@Description("A figure that is kept for speed, or in another list, beside what it is made of.")
public enum LedgerCache {
    @Description("The balance of an account.")
    BALANCE,
    @Description("What a kind of account moved, day by day.")
    DAY_TOTALS,
    @Description("余额: an account's credit at its meter, against what moved it less what was charged.")
    METER_CREDIT,
    @Description("待处理款项: the open items of suspense, against the books' account of it.")
    SUSPENSE_ITEMS
}
