/** ln 2 = ln2High + ln2Low; the first has 42 bits, so that its product with a whole number below 2¹¹ is exact. */
export const ln2High = 0.6931471805598903;
export const ln2Low = 5.497923018708371e-14;
