interface Topic {
  name: string;
  question: string;
  answer: string;
}

/** What the long conversation is about. */
export const STATISTICS_TOPICS: readonly Topic[] = [
  {
    name: 'mean and median',
    question: 'Why is the median preferred for incomes?',
    answer: 'One millionaire moves the mean a lot and the median hardly at all.',
  },
  {
    name: 'standard deviation',
    question: 'Do I divide by n or by n − 1?',
    answer: 'By n − 1 when the data is a sample, by n when it is everybody.',
  },
  {
    name: 'box plots',
    question: 'What counts as an outlier here?',
    answer: 'Anything more than 1.5 times the box beyond its edge. It is a convention, not a law.',
  },
  {
    name: 'histograms',
    question: 'How many bars should I draw?',
    answer:
      'Start with the square root of the number of values, then look whether the shape is stable.',
  },
  {
    name: 'conditional probability',
    question: 'I always mix up P(A|B) and P(B|A).',
    answer: 'Draw the tree: what stands behind the bar is the branch you are already on.',
  },
  {
    name: 'the binomial distribution',
    question: 'How do I see that it is binomial?',
    answer: 'Fixed number of tries, two outcomes, same chance each time, independent. All four.',
  },
  {
    name: 'the normal distribution',
    question: 'When may I use the table?',
    answer:
      'After you have standardised: subtract the mean, then divide by the standard deviation.',
  },
  {
    name: 'the central limit theorem',
    question: 'Does the data have to be normal for that?',
    answer:
      'No, that is the point: the averages become normal, whatever the single values look like.',
  },
  {
    name: 'confidence intervals',
    question: 'Is the true value in there with 95 % probability?',
    answer: 'The interval is what varies: 95 of 100 such intervals would contain the true value.',
  },
  {
    name: 'p-values',
    question: 'Is 0.04 the chance that the null hypothesis is true?',
    answer: 'It is the chance of data at least this extreme if the null hypothesis were true.',
  },
  {
    name: 'the t-test',
    question: 'Paired or unpaired?',
    answer: 'The same people measured twice: paired. Work with the differences.',
  },
  {
    name: 'the chi-squared test',
    question: 'Two of the cells expect fewer than 5. Is that allowed?',
    answer: 'Better not. Join neighbouring categories, or take the exact test.',
  },
  {
    name: 'correlation',
    question: 'r is nearly 0 but the plot clearly shows a curve?',
    answer: 'r only sees straight lines. Always plot first.',
  },
  {
    name: 'regression',
    question: 'How do I read the slope?',
    answer:
      'For each unit more of x, y changes by that much on average, within the range you observed.',
  },
  {
    name: 'residuals',
    question: 'My residuals form a funnel. Is that bad?',
    answer: 'The spread grows with x. Try the logarithm of y and look again.',
  },
  {
    name: 'R² and overfitting',
    question: 'R² always grows when I add a variable. So should I add them all?',
    answer: 'Look at the adjusted one, or better at data the model has not seen.',
  },
  {
    name: 'Bayes’ rule',
    question: 'The test is 99 % accurate, why are most positives healthy?',
    answer:
      'Because the illness is rare: 1 % of many healthy people is more than 99 % of a few ill ones.',
  },
  {
    name: 'sampling',
    question: 'Is asking my classmates a random sample?',
    answer: 'A convenient one. Say so in the report, and say who is missing.',
  },
  {
    name: 'the analysis of variance',
    question: 'Why not just three t-tests?',
    answer: 'Each has its own 5 % of false alarms, and three of them add up.',
  },
  {
    name: 'simulation in R',
    question: 'My loop over 10,000 draws takes a minute. Is that normal?',
    answer: 'Use replicate() or a matrix, the loop spends its time growing the vector.',
  },
];
