%%time
%matplotlib inline
!ls {x} $y
files = !ls
df.head?
get_ipython().run_line_magic('run', 'a.py')
